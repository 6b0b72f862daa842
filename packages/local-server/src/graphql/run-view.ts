import { members } from "@lazyruns/json";
import { sortedRow } from "../history/index.ts";
import type { Stream } from "../store/lines.ts";
import type { RunRow } from "../store/runs.ts";
import { connection } from "./connection.ts";
import type { Context } from "./context.ts";
import { exportUrl } from "./export-url.ts";
import { fileView } from "./file-view.ts";
import { globalId } from "./global-id.ts";
import { likePattern } from "./like-pattern.ts";
import { logLines } from "./log-lines.ts";
import { projectView } from "./project-view.ts";
import { RunHistory } from "./run-history.ts";
import { runKeys } from "./run-keys.ts";
import { hasEnded, stateOf } from "./run-state.ts";
import { sweepView } from "./sweep-view.ts";
import { userView } from "./user-view.ts";

/** A run as the schema has it. */
export class RunView {
  readonly #row: RunRow;
  readonly #context: Context;

  constructor(row: RunRow, context: Context) {
    this.#row = row;
    this.#context = context;
  }

  id = () => globalId("Run", this.#row.id);
  name = () => this.#row.name;
  displayName = () => this.#row.display_name;
  state = () => stateOf(this.#row, this.#context.crashedAfter);
  tags = () => JSON.parse(this.#row.tags) as string[];
  createdAt = () => this.#row.created_at;
  updatedAt = () => this.#row.updated_at;
  heartbeatAt = () => this.#row.heartbeat_at;
  computeSeconds = () =>
    Math.max(0, Math.round((Date.parse(this.#row.heartbeat_at) - Date.parse(this.#row.created_at)) / 1000));
  description = () => this.#row.description;
  notes = () => this.#row.notes;
  group = () => this.#row.group_name;
  groupName = () => this.#row.group_name;
  jobType = () => this.#row.job_type;
  commit = () => this.#row.commit_sha;
  repo = () => this.#row.repo;
  host = () => this.#row.host;
  program = () => this.#row.program;
  readOnly = () => false;
  stopped = () => this.#row.stop_asked === 1;
  exitcode = () => this.#row.exit_code;
  failed = () => this.state() === "failed";
  running = () => this.state() === "running";
  shouldStop = () => this.#row.stop_asked === 1;
  user = () => userView({ ...this.#context, user: this.#row.username });
  projectId = () => String(this.#row.project_id);
  sweepName = () => this.#row.sweep_name;

  project() {
    const project = this.#context.store.projects.byId(this.#row.project_id);
    return project && projectView(project, this.#context);
  }

  sweep() {
    const { sweep_name: name, project_id: projectId } = this.#row;
    const sweep = name === null ? undefined : this.#context.store.sweeps.find(projectId, name);
    return sweep && sweepView(sweep, this.#context);
  }

  config = ({ keys }: { keys?: string[] | null }) => choose(this.#row.config, keys);
  summaryMetrics = ({ keys }: { keys?: string[] | null }) => choose(this.#row.summary, keys);

  /** W&B's own entry of the config, where the client keeps its telemetry. */
  wandbConfig({ keys }: { keys?: string[] | null }) {
    const own = members(this.#row.config).find(([key]) => key === "_wandb")?.[1];
    const value = own && members(own).find(([key]) => key === "value")?.[1];
    return value === undefined ? null : choose(value, keys);
  }

  /** The machine metrics as they were last. */
  systemMetrics() {
    const last = this.#context.store.lines.last(this.#row.id, "events");
    const metrics = last ? members(last).filter(([key]) => key.startsWith("system.")) : [];
    return objectText(metrics);
  }

  historyKeys = () => runKeys(this.#context.store, this.#row.id);

  historyLineCount = () => this.#count("history");
  eventsLineCount = () => this.#count("events");
  logLineCount = () => this.#count("output");
  historyTail = () => this.#tail("history");
  eventsTail = () => this.#tail("events");

  history = (range: { minStep?: number; maxStep?: number; samples?: number }) => this.#history().rows(range);

  events = ({ samples }: { samples?: number | null }) =>
    this.#context.store.lines.sample(this.#row.id, "events", samples ?? 500).map(sortedRow);

  sampledHistory = ({ specs }: { specs: string[] }) => this.#history().sampled(specs);

  /** The files that hold what the run logged before it ended, and the first row that none holds. */
  async parquetHistory({ liveKeys }: { liveKeys: string[] }) {
    const { store, exports } = this.#context;
    const { id } = this.#row;
    if (exports === undefined) return { parquetUrls: [], liveData: this.#history().firstLive(liveKeys) };
    await exports.ensure(id, hasEnded(this.state()));
    const parquetUrls = store.exports.list(id).map((file) => exportUrl(file, this.#context));
    return { parquetUrls, liveData: this.#history().firstLive(liveKeys) };
  }

  fileCount = () => this.#context.store.files.list(this.#row.id).length;

  files({ names, pattern, ...page }: { names?: string[]; pattern?: string; first?: number; after?: string }) {
    const like = pattern ? likePattern(pattern) : undefined;
    const files = this.#context.store.files
      .list(this.#row.id)
      .filter(({ name }) => (!names?.length || names.includes(name)) && (like?.test(name) ?? true));
    return connection(files, page, (file) => fileView(file, this.#row, this.#context));
  }

  logLines = (page: { first?: number; last?: number; after?: string }) =>
    logLines(this.#context.store.lines, this.#row.id, page);

  #history() {
    const { store, exports } = this.#context;
    return new RunHistory(store, this.#row.id, exports ? store.exports.firstLive(this.#row.id) : 0);
  }

  #count = (stream: Stream) => this.#context.store.lines.count(this.#row.id, stream);

  /** A run that resumes is shown its last line. */
  #tail(stream: Stream): string {
    const last = this.#context.store.lines.last(this.#row.id, stream);
    return JSON.stringify(last === undefined ? [] : [last]);
  }
}

/** The members with the given keys, each as it stands; everything when no keys are given. */
function choose(text: string, keys: readonly string[] | null | undefined): string {
  return keys ? objectText(members(text).filter(([key]) => keys.includes(key))) : text;
}

function objectText(parts: readonly (readonly [key: string, raw: string])[]): string {
  return `{${parts.map(([key, raw]) => `${JSON.stringify(key)}:${raw}`).join(",")}}`;
}
