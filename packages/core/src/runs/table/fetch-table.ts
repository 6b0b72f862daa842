import { orderedMap } from "../../async/ordered-map.ts";
import { LazyrunsError } from "../../errors.ts";
import type { ProjectRef } from "../../graphql/project.ts";
import type { WireRun } from "../../graphql/wire.ts";
import { Failures, MOST_IN_A_ROW, withMissing, withPartial } from "../../history/incomplete.ts";
import { LARGEST_PAGE, type Listing } from "../../listing/listing.ts";
import { ListingPages } from "../../listing/listing-pages.ts";
import type { WorkOptions } from "../../progress.ts";
import { isTooMuch } from "../../transport/too-much.ts";
import type { RunsWarning } from "../../warning.ts";
import { beginWork } from "../../work.ts";
import { MOST_RUNS } from "../batch-size.ts";
import { deletedWarning } from "../deleted-warning.ts";
import { oneAhead } from "../page-stream.ts";
import { type FullRun, makeRun, type Run, type RunHome } from "../run.ts";
import { RunLoader } from "../run-loader.ts";
import { RunMaker } from "../run-maker.ts";
import { RunPages } from "../run-pages.ts";
import { partialIn, type RunTableForm } from "./form.ts";
import type { TableQuestion } from "./options.ts";
import { withProjection } from "./projection.ts";
import type { RunTable } from "./run-table.ts";
import { type ChosenKeys, selectChosen } from "./selection.ts";
import { TableWriter } from "./table-writer.ts";

/** Where a table's runs come from, and who hears of it. */
export interface TableSource extends WorkOptions {
  readonly ref: ProjectRef;
  readonly listing: Listing;
  readonly warn: (warning: RunsWarning) => void;
  readonly form: RunTableForm;
}

/** Some of a table's runs, and how many there are in all, as far as is known. */
interface Part {
  readonly runs: readonly FullRun[];
  readonly total: number;
}

/**
 * Fetches a table. Its runs are read and let go: what a run makes of its wire fields, a row has too.
 *
 * @throws LazyrunsError with what came as its `partial`, in the form that was asked for, when not all could be had;
 *   where whole runs are loaded, `missing` names those that were listed and didn't come
 */
export async function fetchTable(source: TableSource, question: TableQuestion): Promise<RunTable> {
  const { ref, form } = source;
  const { entity, project } = ref;
  const work = beginWork({ operation: "table", entity, project }, source);
  let writer = new TableWriter(question);
  const collect = async (parts: AsyncIterable<Part>) => {
    writer = new TableWriter(question); // a server that can't choose keys is asked a second time
    let done = 0;
    for await (const { runs, total } of parts) {
      for (const run of runs) writer.add(run);
      done += runs.length;
      work.progress({ done, total: Math.max(done, total), unit: "runs" });
    }
  };
  try {
    await askTable({ ...source, signal: work.signal }, question, collect);
  } catch (error) {
    work.end(error);
    if (!(error instanceof LazyrunsError)) throw error;
    throw withPartial(error, await partialIn(form, writer.finish()));
  }
  work.end();
  return writer.finish();
}

async function askTable(
  source: TableSource,
  question: TableQuestion,
  collect: (parts: AsyncIterable<Part>) => Promise<void>,
): Promise<void> {
  const { keys } = question;
  if (keys === undefined) return collect(wholeRuns(source));
  const chosen = () => collect(chosenRuns(source, question, keys));
  if (keys.config.length + keys.summary.length === 0) return chosen();
  return withProjection(source.ref.service, chosen, () => collect(wholeRuns(source)));
}

/** The runs with the chosen keys alone are light: they come with the listing's own pages, the largest there are. */
async function* chosenRuns(
  { ref, listing, signal, warn }: TableSource,
  question: TableQuestion,
  keys: ChosenKeys,
): AsyncGenerator<Part, void, undefined> {
  const pages = new ListingPages<WireRun>(ref, listing, warn);
  const selection = selectChosen(question.fields, keys);
  const first = listing.perPage ?? LARGEST_PAGE;
  const next = (inner: AbortSignal) => pages.next({ ...selection, first, signal: inner });
  const home = homeOf(ref);
  for await (const { nodes, count } of oneAhead(next, signal)) {
    const runs = nodes.map(
      ({ config = null, summaryMetrics = null, ...light }) =>
        makeRun({ ...light, config, summaryMetrics, systemMetrics: null }, null, home) as FullRun,
    );
    yield { runs, total: count ?? 0 };
  }
}

const CHUNKS_UNDER_WAY = 5;

/**
 * Whole configs and summaries are heavy: they are loaded in batches behind the light pages, several at a time. A run
 * that is too much even by itself doesn't cost the others: it is reported when they are there.
 */
async function* wholeRuns({
  ref,
  listing,
  signal,
  warn,
}: TableSource): AsyncGenerator<Part, void, undefined> {
  const pages = new RunPages(ref, listing, new RunMaker(ref, homeOf(ref), false), { warn });
  const loader = new RunLoader(ref, (run) => [run]);
  const failures = new Failures(ref, "The table");
  const missing = new Set<string>();
  let total = 0;
  let listed = 0;
  let failedInARow = 0;
  async function* chunks(): AsyncGenerator<readonly Run[], void, undefined> {
    for await (const { runs, count } of oneAhead((inner) => pages.next(false, inner), signal)) {
      total = count ?? total;
      listed += runs.length;
      for (const { id } of runs) missing.add(id);
      for (let at = 0; at < runs.length; at += MOST_RUNS) yield runs.slice(at, at + MOST_RUNS);
    }
  }
  const load = async (runs: readonly Run[], inner: AbortSignal) => {
    const failed = new Set<Run>();
    const onLoaded = () => {
      failedInARow = 0;
    };
    const onFailed = (run: Run, error: unknown) => {
      if (!isTooMuch(error) || ++failedInARow >= MOST_IN_A_ROW) throw error;
      failures.add(run.id, error);
      failed.add(run);
    };
    const options = { signal: inner, onLoaded, onFailed };
    // Thrown when it is this chunk's turn, so that those before it still come.
    const end = await loader.loadAll(runs, options).catch((error: unknown) => ({ error }));
    return { runs, failed, end };
  };
  try {
    for await (const { runs, failed, end } of orderedMap(
      chunks(),
      { inFlight: CHUNKS_UNDER_WAY, signal },
      load,
    )) {
      for (const run of runs) {
        const isGone = !run.isLoaded && !failed.has(run) && end === undefined;
        if (run.isLoaded || isGone) missing.delete(run.id);
        if (isGone) warn(deletedWarning(run, "table"));
      }
      yield { runs: runs.filter((run) => run.isLoaded) as FullRun[], total };
      if (end !== undefined) throw end.error;
    }
    failures.throwIfAny(listed);
  } catch (error) {
    throw withMissing(error, [...missing]);
  }
}

function homeOf(ref: ProjectRef): RunHome {
  return { ...ref, load: () => Promise.resolve() };
}
