import { LazyrunsError } from "../../errors.ts";
import { askRun, type RunRef } from "../../graphql/run.ts";
import type { WireHistoryKeys } from "../../graphql/run-wire.ts";
import { extentOfRun } from "../../graphql/scan-documents.ts";
import type { Service } from "../../graphql/service.ts";
import type { WireRun } from "../../graphql/wire.ts";
import { OPERATION } from "./ask-rows.ts";

/** How much of a run there is, and where. */
export interface Extent {
  /** How many rows were logged; null when the server doesn't say. */
  readonly lineCount: number | null;
  /** How many rows the machine's metrics have; null when the server doesn't say. */
  readonly eventsLineCount: number | null;
  /** The last step; null where none is known. */
  readonly lastStep: number | null;
  /** How many rows hold a key, where the server says. */
  readonly countOf: (key: string) => number | undefined;
  /** Where the files are that hold rows; none: there are no such files. */
  readonly urls: readonly string[];
  /** The first step that isn't in files; null where all is in files, or nothing. */
  readonly liveFrom: number | null;
  /** The further fields that were asked for. */
  readonly wire: WireRun;
}

interface WireExtent extends WireRun {
  readonly historyKeys?: WireHistoryKeys | null;
  readonly parquetHistory?: {
    readonly parquetUrls?: readonly string[] | null;
    readonly liveData?: readonly unknown[] | null;
  } | null;
}

/** Servers that know of no exports. */
const withoutExports = new WeakSet<Service>();

/**
 * Asks how much of a run there is.
 *
 * @param fields - further fields of the run, in GraphQL
 */
export async function askExtent(
  ref: RunRef,
  fields: string,
  signal: AbortSignal | undefined,
): Promise<Extent> {
  const wire = await askWithExports(ref.service, "parquetUrls liveData", (exports) => {
    const query = extentOfRun(`name historyLineCount eventsLineCount historyKeys ${exports} ${fields}`);
    return askRun<WireExtent>(ref, { query, variables: {}, operation: OPERATION, signal });
  });
  const { historyKeys, parquetHistory } = wire;
  const lastStep = Number(historyKeys?.lastStep ?? -1);
  return {
    lineCount: wire.historyLineCount ?? null,
    eventsLineCount: wire.eventsLineCount ?? null,
    lastStep: lastStep < 0 ? null : lastStep,
    countOf: (key) => {
      const counts = historyKeys?.keys?.[key]?.typeCounts;
      return counts?.reduce((sum, { count }) => sum + Number(count), 0);
    },
    urls: parquetHistory?.parquetUrls ?? [],
    liveFrom: liveFrom(parquetHistory?.liveData ?? []),
    wire,
  };
}

/** Where the files are now that hold rows. */
export async function askUrls(ref: RunRef, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const wire = await askWithExports(ref.service, "parquetUrls", (exports) =>
    askRun<WireExtent>(ref, {
      query: extentOfRun(`name ${exports}`),
      variables: {},
      operation: OPERATION,
      signal,
    }),
  );
  return wire.parquetHistory?.parquetUrls ?? [];
}

/** Whether URLs are those of the same files: signatures change from answer to answer. */
export function areSameFiles(before: readonly string[], now: readonly string[]): boolean {
  const names = (urls: readonly string[]) => urls.map((url) => url.split(/[?#]/)[0]).sort();
  return names(before).join("\n") === names(now).join("\n");
}

/** Asks with the exports; without them, where the server's runs have no such field. */
async function askWithExports<T>(
  service: Service,
  fields: string,
  ask: (exports: string) => Promise<T>,
): Promise<T> {
  if (!withoutExports.has(service)) {
    try {
      return await ask(`parquetHistory(liveKeys: ["_step"]) { ${fields} }`);
    } catch (error) {
      if (!isUnknownField(error)) throw error;
      withoutExports.add(service);
    }
  }
  return ask("");
}

/** How servers say that a query names a field that they haven't; one that fails to give it says otherwise. */
const UNKNOWN_FIELD =
  /\bcannot query field\b|\b(unknown|undefined|no such|unrecogni[sz]ed) (field|argument)\b|\bfield\b.{0,60}\b(doesn't exist|does not exist|not found|not defined|is undefined) (on|in|by)\b/i;

/** Whether the server says that its runs have no exports: any other failure must not pass for that, or rows in files would be lost. */
function isUnknownField(error: unknown): boolean {
  if (!(error instanceof LazyrunsError) || !/\bparquetHistory\b/.test(error.message)) return false;
  return error.status === 400 || UNKNOWN_FIELD.test(error.message);
}

/** The least step of the live rows. One whose step can't be read may be any. */
function liveFrom(rows: readonly unknown[]): number | null {
  let least: number | null = null;
  for (const row of rows) {
    const step = Number((row as { _step?: unknown } | null)?._step ?? 0);
    least = Math.min(least ?? Number.POSITIVE_INFINITY, Number.isNaN(step) ? 0 : step);
  }
  return least;
}
