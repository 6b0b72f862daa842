import { checkWhole } from "../arguments.ts";
import { parseDate } from "../graphql/date.ts";
import { eachNode, nodesOf } from "../graphql/pages.ts";
import { askRun, type RunRef, runDetails } from "../graphql/run.ts";
import { CONSOLE_PAGE, CONSOLE_TAIL } from "../graphql/run-documents.ts";
import type { WireConsole, WireLine } from "../graphql/run-wire.ts";
import type { WaitOptions } from "../progress.ts";

/** One line of what a run printed. */
export interface ConsoleLine {
  /** Its place in the log, from 0. */
  readonly number: number;
  /** When it was printed; null when that was not recorded. */
  readonly timestamp: Date | null;
  /** `"error"` for a line of the standard error; null when nothing was recorded. */
  readonly level: string | null;
  /** Which process printed it, of a run that several write to; null when nothing was recorded. */
  readonly label: string | null;
  readonly text: string;
}

/** Which console lines to read, and how. */
export interface ConsoleLogsOptions extends WaitOptions {
  /** Only so many lines, the last ones. Default: all. */
  readonly tail?: number | undefined;
  /** Lines a request, 1 to 10,000. Default 1000. */
  readonly perPage?: number | undefined;
}

const OPERATION = "reading the console log";

/** The console lines of a run, from the first or the last ones. */
export function consoleLogs(
  ref: RunRef,
  options: ConsoleLogsOptions,
): AsyncGenerator<ConsoleLine, void, undefined> {
  const { tail, perPage = 1000, signal } = options;
  checkWhole("tail", tail, 1);
  checkWhole("perPage", perPage, 1, 10_000);
  return tail === undefined ? allLines(ref, perPage, signal) : lastLines(ref, tail, perPage, signal);
}

async function* allLines(
  ref: RunRef,
  first: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<ConsoleLine, void, undefined> {
  const lines = eachNode<WireLine>({
    ask: async (after) => {
      const request = { query: CONSOLE_PAGE, variables: { first, after }, operation: OPERATION, signal };
      return (await askRun<WireConsole>(ref, request)).logLines;
    },
    what: "console lines",
    baseUrl: ref.service.baseUrl,
    details: runDetails(ref, OPERATION),
  });
  for await (const line of lines) yield fromWire(line);
}

async function* lastLines(
  ref: RunRef,
  tail: number,
  perPage: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<ConsoleLine, void, undefined> {
  // GraphQL's integers have 32 bits.
  const last = Math.min(tail, 2 ** 31 - 1);
  const { logLineCount, logLines } = await askRun<WireConsole>(ref, {
    query: CONSOLE_TAIL,
    variables: { last },
    operation: OPERATION,
    signal,
  });
  const lines = nodesOf(logLines?.edges ?? []);
  const count = logLineCount ?? lines.length;
  if (lines.length >= Math.min(tail, count)) {
    for (const line of lines) yield fromWire(line);
    return;
  }
  // A server bounds what one answer holds. No cursor leads to a line, so the lines before are passed over.
  for await (const line of allLines(ref, perPage, signal)) {
    if (line.number >= count) return;
    if (line.number >= count - tail) yield line;
  }
}

function fromWire({ number, timestamp, level, label, line }: WireLine): ConsoleLine {
  return {
    number,
    timestamp: parseDate(timestamp),
    level: level || null,
    label: label || null,
    text: line ?? "",
  };
}
