import { abortable } from "../../async/abort.ts";
import type { RunRef } from "../../graphql/run.ts";
import type { Chunk } from "../table/chunk.ts";
import { requireAny } from "../table/require-any.ts";
import { exportedChunk } from "./exported-chunk.ts";
import type { ExportedRows, HistoryExports, OpenedExports } from "./exports.ts";
import { askUrls, type Extent } from "./extent.ts";
import type { ScanQuestion } from "./question.ts";

/** Opens the files that hold rows of a run. */
export function openExports(
  reader: HistoryExports,
  ref: RunRef,
  { urls }: Extent,
  signal: AbortSignal,
): Promise<OpenedExports> {
  const { service, entity, project, run: id } = ref;
  const { baseUrl } = service;
  const download = service.download.bind(service);
  const renew = (signal: AbortSignal | undefined) => askUrls(ref, signal);
  return abortable(reader.open({ entity, project, id, baseUrl, urls, download, renew }, signal), signal);
}

/** Which of a run's exported rows a scan wants. */
export function exportedRows(
  { keys, match, minStep, maxStep, batchRows }: ScanQuestion,
  signal: AbortSignal,
): ExportedRows {
  return { keys, match, minStep, maxStep, batchRows, signal };
}

/** The exported rows that a scan wants, as pages have them. */
export async function* readExported(
  opened: OpenedExports,
  question: ScanQuestion,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  const { keys, match } = question;
  for await (const batch of heeding(opened.read(exportedRows(question, signal)), signal)) {
    const chunk = exportedChunk(batch);
    // Each row holds every key then, if with a null, as those that are joined here do.
    yield keys !== undefined && match === "any" ? requireAny(chunk, keys, ["_step"]) : chunk;
  }
}

/** The same, ended as soon as the signal aborts, whatever the source waits for. */
export async function* heeding<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await abortable(Promise.resolve(iterator.next()), signal);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: a source that waits for something else would hold the consumer back.
    Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
