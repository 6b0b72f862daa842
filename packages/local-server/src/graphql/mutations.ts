import { randomBytes } from "node:crypto";
import { type Json, members, parse } from "@lazyruns/json";
import { isObject } from "../is-object.ts";
import { QueryError } from "../query/index.ts";
import { now } from "../store/clock.ts";
import { checkFileName } from "../store/names.ts";
import type { RunChange, RunRow } from "../store/runs.ts";
import type { SweepRow } from "../store/sweeps.ts";
import { readPlan } from "../sweeps/plan.ts";
import { agents } from "./agents.ts";
import type { Context } from "./context.ts";
import { fileById, fileUrl } from "./file-view.ts";
import { rowOf } from "./global-id.ts";
import { projectView } from "./project-view.ts";
import { checkState, stateOf } from "./run-state.ts";
import { RunView } from "./run-view.ts";
import { sweepSetting } from "./sweep-config.ts";
import { sweepView } from "./sweep-view.ts";

type Text = string | null | undefined;

interface UpsertBucketInput {
  readonly id?: Text;
  readonly name?: Text;
  readonly modelName?: Text;
  readonly project?: Text;
  readonly entityName?: Text;
  readonly groupName?: Text;
  readonly displayName?: Text;
  readonly description?: Text;
  readonly notes?: Text;
  readonly commit?: Text;
  readonly config?: Text;
  readonly program?: Text;
  readonly jobProgram?: Text;
  readonly repo?: Text;
  readonly jobRepo?: Text;
  readonly jobType?: Text;
  readonly state?: Text;
  readonly sweep?: Text;
  readonly host?: Text;
  readonly tags?: readonly string[] | null;
  readonly summaryMetrics?: Text;
}

interface UpsertSweepInput {
  readonly id?: Text;
  readonly config?: Text;
  readonly description?: Text;
  readonly entityName?: Text;
  readonly projectName?: Text;
  readonly state?: Text;
  readonly displayName?: Text;
}

interface RunFilesInput {
  readonly entityName?: Text;
  readonly projectName?: Text;
  readonly runName?: Text;
  readonly files?: readonly string[] | null;
}

/** What a client may write. Each mutation is done, and on disk, when it is answered. */
export function mutations(context: Context) {
  const { store, user } = context;

  const runById = (id: string): RunRow => {
    const row = store.runs.byId(rowOf("Run", id) ?? -1);
    if (row === undefined) throw new QueryError(`There is no run with the id ${JSON.stringify(id)}`);
    return row;
  };
  const runByPath = ({ entityName, projectName, runName }: RunFilesInput): RunRow => {
    const project = store.projects.find(entityName || user, projectName ?? "");
    const row = project && store.runs.find(project.id, runName ?? "");
    if (row === undefined)
      throw new QueryError(`There is no run ${entityName || user}/${projectName}/${runName}`);
    return row;
  };

  // A run of a sweep goes where the sweep is, whatever its script names.
  const projectIdOf = ({ entityName, modelName, project, sweep }: UpsertBucketInput) =>
    (sweep && store.sweeps.findIn(entityName || user, sweep)?.project_id) ||
    store.projects.ensure(entityName || user, modelName || project || "uncategorized").id;
  const sweepById = (id: string): SweepRow => {
    const row = store.sweeps.byId(rowOf("Sweep", id) ?? -1);
    if (row === undefined) throw new QueryError(`There is no sweep with the id ${JSON.stringify(id)}`);
    return row;
  };

  return {
    upsertModel: ({ input }: { input: { entityName?: Text; name?: Text } }) => {
      if (!input.name) throw new QueryError("A project needs a name");
      const entity = input.entityName || user;
      const inserted = store.projects.find(entity, input.name) === undefined;
      const view = projectView(store.projects.ensure(entity, input.name), context);
      return { project: view, model: view, inserted };
    },

    upsertBucket: ({ input }: { input: UpsertBucketInput }) =>
      store.transaction(() => {
        const change = changeOf(input);
        // A run that is named by its id has its project: none is made for it.
        const known = input.id ? runById(input.id) : undefined;
        const projectId = known?.project_id ?? projectIdOf(input);
        const name = input.name || randomBytes(4).toString("hex");
        const existing = known ?? store.runs.find(projectId, name);
        if (existing === undefined) {
          refuseFork(input.config);
          const row = store.runs.insert(projectId, name, user, {
            ...change,
            ...startedAt(input.config, now()),
          });
          return { bucket: new RunView(row, context), inserted: true };
        }
        store.runs.update(existing.id, {
          ...change,
          ...startedAt(input.config, existing.created_at),
          ...(input.state ? {} : beginAgain(existing, input, context)),
        });
        return { bucket: new RunView(store.runs.byId(existing.id) as RunRow, context), inserted: false };
      }),

    deleteRun: async ({ input }: { input: { id: string } }) => {
      const { id } = runById(input.id);
      const files = store.files.list(id);
      const exports = store.exports.list(id);
      store.runs.delete(id);
      await store.files.delete(files);
      await store.exports.free(exports);
      return { success: true, clientMutationId: null };
    },

    stopRun: ({ input }: { input: { id: string } }) => {
      store.runs.update(runById(input.id).id, { stop_asked: 1 });
      return { success: true, clientMutationId: null };
    },

    updateRunState: ({ input }: { input: RunFilesInput & { id?: Text; runID?: Text; state: string } }) => {
      const id = input.id || input.runID;
      const row = id ? runById(id) : runByPath(input);
      store.runs.update(row.id, { state: checkState(input.state) });
      return { success: true, run: new RunView(store.runs.byId(row.id) as RunRow, context) };
    },

    createRunFiles: ({ input }: { input: RunFilesInput }) => {
      const row = runByPath(input);
      const names = [...new Set(input.files ?? [])];
      names.forEach(checkFileName);
      return {
        runID: new RunView(row, context).id(),
        uploadHeaders: [],
        files: names.map((name) => ({ name, uploadUrl: fileUrl(row, name, context) })),
      };
    },

    markRunFilesUploaded: () => ({ success: true, clientMutationId: null }),

    deleteFiles: async ({ input }: { input: { files: readonly string[] } }) => {
      const files = input.files.map((id) => {
        const file = fileById(id, context);
        if (file === undefined) throw new QueryError(`There is no file with the id ${JSON.stringify(id)}`);
        return file;
      });
      await store.files.delete(files);
      return { success: true, clientMutationId: null };
    },

    upsertSweep: ({ input }: { input: UpsertSweepInput }) =>
      store.transaction(() => {
        const sweep = input.id ? sweepById(input.id) : newSweep(context, input);
        store.sweeps.update(sweep.id, {
          ...(input.config && { config: input.config }),
          ...(input.state && { state: input.state }),
          ...(input.description && { description: input.description }),
          ...((input.displayName || sweepSetting(input.config, "name")) && {
            display_name: input.displayName || sweepSetting(input.config, "name") || null,
          }),
        });
        return {
          sweep: sweepView(store.sweeps.byId(sweep.id) as SweepRow, context),
          configValidationWarnings: warningsOf(input.config),
        };
      }),

    ...agents(context),
  };
}

/** Absent and null both mean: leave it as it is. */
function changeOf(input: UpsertBucketInput): RunChange {
  for (const [field, text] of [
    ["config", input.config],
    ["summaryMetrics", input.summaryMetrics],
  ] as const) {
    if (text) checkObject(field, text);
  }
  const change = {
    display_name: input.displayName || undefined,
    state: input.state ? checkState(input.state) : undefined,
    tags: input.tags ? JSON.stringify(input.tags) : undefined,
    group_name: input.groupName ?? undefined,
    job_type: input.jobType ?? undefined,
    sweep_name: input.sweep || undefined,
    notes: input.notes ?? undefined,
    description: input.description ?? undefined,
    commit_sha: input.commit || undefined,
    repo: (input.jobRepo ?? input.repo) || undefined,
    program: (input.jobProgram ?? input.program) || undefined,
    host: input.host || undefined,
    config: input.config || undefined,
    summary: input.summaryMetrics || undefined,
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as RunChange;
}

function checkObject(field: string, text: string): void {
  try {
    members(text);
  } catch (error) {
    throw new QueryError(`${field} is not a JSON object: ${error instanceof Error ? error.message : error}`);
  }
}

/** A run that is to begin as a copy of another says so in W&B's own config entry. */
function refuseFork(config: Text): void {
  const own = new Map(members(config || "{}")).get("_wandb") ?? "{}";
  const value = own.startsWith("{") ? new Map(members(own)).get("value") : undefined;
  if (value?.startsWith("{") && members(value).some(([key]) => key === "branch_point")) {
    throw new QueryError(
      "This server can't fork a run (fork_from). Go on with the run itself (resume), or begin one of its own.",
    );
  }
}

/**
 * A run that is written to by the client that logs it (it names its host) gives a sign of life. One that had ended, or
 * died without a word, runs again: it was resumed, and whoever asked it to stop asked another process.
 */
function beginAgain(existing: RunRow, input: UpsertBucketInput, { crashedAfter }: Context): RunChange {
  if (!input.host) return {};
  const resumed = stateOf(existing, crashedAfter) !== "running";
  return {
    heartbeat_at: now(),
    ...(resumed && { state: "running", exit_code: null, stop_asked: 0 }),
  };
}

/**
 * A run that was logged offline began when its environment says so, not when it was synced: W&B's own config entry
 * tells, once for each process that wrote to the run.
 */
function startedAt(config: Text, createdAt: string): RunChange {
  const own = config ? members(config).find(([key]) => key === "_wandb")?.[1] : undefined;
  const writers = own === undefined ? undefined : at(at(parse(own), "value"), "e");
  const starts = Object.values(isObject(writers) ? writers : {}).map((writer) => {
    const start = at(writer, "startedAt");
    return typeof start === "string" ? Date.parse(start) : Number.NaN;
  });
  const first = Math.min(...starts.filter((start) => !Number.isNaN(start)));
  return first < Date.parse(createdAt) ? { created_at: new Date(first).toISOString() } : {};
}

function at(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Why agents can't carry a sweep out; its runs may still be logged by hand. */
function warningsOf(config: Text): string[] {
  try {
    if (config) readPlan(config);
    return [];
  } catch (error) {
    if (error instanceof QueryError) return [error.message];
    throw error;
  }
}

function newSweep({ store, user }: Context, input: UpsertSweepInput): SweepRow {
  if (!input.config) throw new QueryError("A new sweep needs a config");
  const project = store.projects.ensure(input.entityName || user, input.projectName || "uncategorized");
  return store.sweeps.insert(project.id, randomBytes(4).toString("hex"), input.config);
}
