/** The light fields of a run that can stand beside its values, by the name they have in `Run`, and how each is asked for. */
export const TABLE_FIELDS = {
  id: "name",
  name: "displayName",
  state: "state",
  tags: "tags",
  group: "group",
  jobType: "jobType",
  notes: "notes",
  description: "description",
  commit: "commit",
  createdAt: "createdAt",
  heartbeatAt: "heartbeatAt",
  historyLineCount: "historyLineCount",
  user: "user { name username }",
  sweepName: "sweepName",
} as const;

/** A light field of a run, by the name it has there. */
export type TableField = keyof typeof TABLE_FIELDS;
