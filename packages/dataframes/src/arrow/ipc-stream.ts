import { LazyrunsError } from "@lazyruns/core";
import type { FramePlan } from "../columns/plan.ts";
import type { Columns } from "../columns/source.ts";
import { type ArrowArray, type ArrowBuffer, arrayOf } from "./arrays.ts";
import { type BatchLayout, batchMessage, schemaMessage } from "./metadata.ts";

/** What ends a stream. */
const END = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

/**
 * Rows as an Arrow IPC stream (https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format): the columns as
 * they are planned, and a record batch a piece. Buffers lie at multiples of 8 bytes; a column without nulls has no
 * bitmap. The memory is taken once, and numbers are written straight to where they belong.
 *
 * @param pieces - of the plan's table, with the types of the whole
 * @throws LazyrunsError for a piece with more than 2 GiB of text in a column, or more bytes than fit into one array
 */
export function ipcStream(plan: FramePlan, ...pieces: readonly Columns[]): Uint8Array {
  const schema = schemaMessage(plan.columns);
  const batches = pieces.map((piece) => batchOf(plan, piece));
  const bytes = allocate(schema.length + batches.reduce((sum, { length }) => sum + length, 0) + END.length);
  bytes.set(schema);
  let at = schema.length;
  for (const batch of batches) at = batch.write(bytes, at);
  bytes.set(END, at);
  return bytes;
}

/**
 * Streams of one piece each, one after another in the same memory: each is gone when the next is asked for. Fresh memory
 * for every piece would take the system longer than writing it.
 *
 * @throws what `ipcStream` throws
 */
export function* ipcStreams(
  plan: FramePlan,
  pieces: Iterable<Columns>,
): Generator<Uint8Array, void, undefined> {
  const schema = schemaMessage(plan.columns);
  let memory: Uint8Array = new Uint8Array();
  for (const piece of pieces) {
    const batch = batchOf(plan, piece);
    const length = schema.length + batch.length + END.length;
    if (memory.length < length) memory = allocate(length);
    else memory.fill(0, 0, length);
    memory.set(schema);
    memory.set(END, batch.write(memory, schema.length));
    yield memory.subarray(0, length);
  }
}

/**
 * The same stream in parts: the schema, then each piece's record batch, which is made before the next piece is asked
 * for.
 */
export function* ipcMessages(
  plan: FramePlan,
  pieces: Iterable<Columns>,
): Generator<Uint8Array, void, undefined> {
  yield schemaMessage(plan.columns);
  for (const piece of pieces) {
    const batch = batchOf(plan, piece);
    const bytes = allocate(batch.length);
    batch.write(bytes, 0);
    yield bytes;
  }
}

function allocate(length: number): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch (error) {
    throw new LazyrunsError(
      `As Arrow data the rows take ${length} bytes, which can't be had in one piece. Take fewer runs or keys at once.`,
      { operation: "writing Arrow data", cause: error },
    );
  }
}

interface Batch {
  /** In bytes. */
  readonly length: number;
  /** Writes it from `at` on; gives where it ends. */
  write(bytes: Uint8Array, at: number): number;
}

function batchOf(plan: FramePlan, piece: Columns): Batch {
  const nodes: number[] = [];
  const places: number[] = [];
  const buffers: ArrowBuffer[] = [];
  let bodyLength = 0;
  const add = (array: ArrowArray) => {
    nodes.push(array.length, array.nullCount);
    for (const buffer of array.buffers) {
      places.push(bodyLength, buffer.byteLength);
      buffers.push(buffer);
      bodyLength += Math.ceil(buffer.byteLength / 8) * 8;
    }
    array.children.forEach(add);
  };
  for (const { source, type } of plan.columns) add(arrayOf(piece.column(source), type, source, plan.warner));
  const layout: BatchLayout = { numRows: piece.numRows, nodes, buffers: places, bodyLength };
  const head = batchMessage(layout);
  return {
    length: head.length + bodyLength,
    write(bytes, at) {
      bytes.set(head, at);
      const body = at + head.length;
      for (const [index, buffer] of buffers.entries()) {
        const start = body + (places[index * 2] as number);
        buffer.write(bytes.subarray(start, start + buffer.byteLength));
      }
      return body + bodyLength;
    },
  };
}
