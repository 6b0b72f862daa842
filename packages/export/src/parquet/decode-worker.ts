import type { MessagePort } from "node:worker_threads";

/** What a decoder is asked for: some columns of a row group. */
export interface DecodeRequest {
  /** Of the file, as long as the decoder lives. */
  readonly file: number;
  readonly size: number;
  readonly rowGroup: number;
  /** By their names, those of parts joined by dots; undefined: all. */
  readonly columns: readonly string[] | undefined;
  readonly batchRows: number;
  /** Whether it is only asked whether they can be decoded: then there are no batches. */
  readonly isCheck: boolean;
  /** The file's bytes that are needed: with the footer, when the file is new to the decoder. */
  readonly parts: readonly { readonly start: number; readonly bytes: Uint8Array }[];
}

/** The rows in batches, each an Arrow IPC stream; or why there are none. */
export type DecodeAnswer =
  | { readonly batches: readonly Uint8Array[]; readonly numRows: number; readonly error?: undefined }
  | { readonly error: string };

/**
 * What runs in a decoder's thread. Its text is what the thread is made of, so that it works from sources, from a package
 * and from a bundle alike: it can use nothing of this module.
 */
export function decodeLoop(): void {
  const { parentPort, workerData } = process.getBuiltinModule("node:worker_threads");
  const port = parentPort as MessagePort;
  const { createRequire } = process.getBuiltinModule("node:module");
  const wasm: typeof import("parquet-wasm/node") = createRequire(workerData.library)(workerData.library);
  type Part = DecodeRequest["parts"][number];

  /** A file of which only some bytes are there. */
  class Parts extends Blob {
    parts: readonly Part[] = [];
    override readonly size: number;
    readonly #start: number;
    readonly #end: number;
    readonly #all: Parts | undefined;

    constructor(start: number, end: number, all?: Parts) {
      super([]);
      this.#start = start;
      this.#end = end;
      this.size = end - start;
      this.#all = all;
    }

    override slice(start = 0, end = this.size): Blob {
      return new Parts(this.#start + start, this.#start + end, this.#all ?? this);
    }

    override async arrayBuffer(): Promise<ArrayBuffer> {
      const target = new Uint8Array(this.size);
      let ends = 0;
      for (const { start, bytes } of (this.#all ?? this).parts) {
        const from = Math.max(start, this.#start);
        const to = Math.min(start + bytes.length, this.#end);
        if (from >= to) continue;
        target.set(bytes.subarray(from - start, to - start), from - this.#start);
        ends += (from === this.#start ? 1 : 0) + (to === this.#end ? 1 : 0);
      }
      // What lies between columns is read along with them, and doesn't matter.
      if (ends !== 2) throw new RangeError(`bytes ${this.#start} to ${this.#end} aren't there`);
      return target.buffer;
    }
  }

  let open: { id: number; blob: Parts; file: import("parquet-wasm/node").ParquetFile } | undefined;

  async function decode(
    request: DecodeRequest,
  ): Promise<{ batches: Uint8Array<ArrayBuffer>[]; numRows: number }> {
    if (open?.id !== request.file) {
      open?.file.free();
      const blob = new Parts(0, request.size);
      blob.parts = request.parts;
      open = { id: request.file, blob, file: await wasm.ParquetFile.fromFile(blob) };
    }
    const { file, blob } = open;
    blob.parts = request.parts;
    const table = await file.read({
      rowGroups: [request.rowGroup],
      batchSize: request.batchRows,
      ...(request.columns && { columns: [...request.columns] }),
    });
    try {
      const all: import("parquet-wasm/node").RecordBatch[] = table.recordBatches();
      const numRows = all.reduce((sum, batch) => sum + batch.numRows, 0);
      if (request.isCheck) {
        for (const batch of all) batch.free();
        return { batches: [], numRows };
      }
      return { batches: all.map((batch) => batch.intoIPCStream() as Uint8Array<ArrayBuffer>), numRows };
    } finally {
      table.free();
      blob.parts = [];
    }
  }

  port.on("message", (request: DecodeRequest) => {
    decode(request).then(
      (decoded) =>
        port.postMessage(
          decoded satisfies DecodeAnswer,
          decoded.batches.map(({ buffer }) => buffer),
        ),
      (error) => port.postMessage({ error: String(error?.message ?? error) } satisfies DecodeAnswer),
    );
  });
}
