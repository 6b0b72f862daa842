import { letGo } from "../../transport/let-go.ts";
import type { Chunk } from "./chunk.ts";

/** Which of some chunks lie in which memory: it is freed when the last chunk in it is done with. */
export class BuffersInUse {
  readonly #chunks = new Map<ArrayBufferLike, number>();

  constructor(chunks: Iterable<Chunk>) {
    for (const chunk of chunks) {
      for (const buffer of buffersOf(chunk)) this.#chunks.set(buffer, (this.#chunks.get(buffer) ?? 0) + 1);
    }
  }

  /** Called once for each chunk, when nobody will read it any more. */
  done(chunk: Chunk): void {
    for (const buffer of buffersOf(chunk)) {
      const left = (this.#chunks.get(buffer) ?? 0) - 1;
      this.#chunks.set(buffer, left);
      if (left === 0) letGo(new Uint8Array(buffer));
    }
  }
}

function buffersOf({ columns }: Chunk): Set<ArrayBufferLike> {
  const buffers = new Set<ArrayBufferLike>();
  for (const column of columns) {
    if (column.validity !== null) buffers.add(column.validity.buffer);
    if (column.present !== null) buffers.add(column.present.buffer);
    if ("values" in column) buffers.add(column.values.buffer);
    if ("texts" in column) for (const buffer of column.texts.buffers) buffers.add(buffer);
  }
  return buffers;
}
