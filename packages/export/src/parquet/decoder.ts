import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { ConfigurationError } from "@lazyruns/core";
import { type DecodeAnswer, type DecodeRequest, decodeLoop } from "./decode-worker.ts";

/** A row group can't be decoded: its bytes are no Parquet data. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

/** The bytes of a file that a row group needs, and its footer for a thread that doesn't know the file yet. */
export interface DecodeJob extends Omit<DecodeRequest, "parts"> {
  readonly parts: DecodeRequest["parts"];
  readonly footer: DecodeRequest["parts"][number];
}

/** A row group's rows in batches, each an Arrow IPC stream. */
export interface Decoded {
  readonly batches: readonly Uint8Array[];
  readonly numRows: number;
}

/**
 * Decodes row groups by parquet-wasm, one after another, in a thread: a file that isn't what it says makes that library
 * panic, which ends the thread and nothing else. The thread doesn't keep the process alive, and another starts where one
 * ended.
 */
class Decoder {
  #worker: Worker | undefined;
  /** The file that the thread has open. */
  #file: number | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * The rows of a row group in batches, each an Arrow IPC stream.
   *
   * @throws DecodeError for bytes that are no Parquet data
   */
  decode(job: DecodeJob): Promise<Decoded> {
    const done = this.#last.then(() => this.#run(job));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #run({ footer, ...job }: DecodeJob): Promise<Decoded> {
    this.#worker ??= start();
    const worker = this.#worker;
    const parts = this.#file === job.file ? job.parts : [footer, ...job.parts];
    this.#file = job.file;
    const answer = await ask(worker, { ...job, parts }).catch((error: unknown) => {
      this.#end(worker);
      throw error;
    });
    if (answer.error === undefined) return answer;
    // What the library keeps of a file that it couldn't read is of no use.
    this.#end(worker);
    throw new DecodeError(answer.error);
  }

  #end(worker: Worker): void {
    this.#worker = undefined;
    this.#file = undefined;
    worker.terminate().catch(() => undefined);
  }
}

function start(): Worker {
  const worker = new Worker(`(${decodeLoop.toString()})()`, {
    eval: true,
    workerData: { library: libraryPath() },
    // What a panic prints there is told by the error.
    stderr: true,
    name: "lazyruns-parquet",
  });
  worker.unref();
  return worker;
}

function libraryPath(): string {
  try {
    return createRequire(import.meta.url).resolve("parquet-wasm/node");
  } catch (cause) {
    throw new ConfigurationError(
      "parquet-wasm, which reads Parquet files for @lazyruns/export, isn't found. Install the package's dependencies again.",
      { operation: "reading an exported history", cause },
    );
  }
}

function ask(worker: Worker, request: DecodeRequest): Promise<DecodeAnswer> {
  return new Promise((resolve, reject) => {
    worker.ref();
    const end = () => {
      worker.unref();
      worker.off("message", answered);
      worker.off("error", failed);
      worker.off("exit", exited);
    };
    const answered = (answer: DecodeAnswer) => {
      end();
      resolve(answer);
    };
    const failed = (error: Error) => {
      end();
      reject(new DecodeError(`its data make no sense (${error.message})`, { cause: error }));
    };
    const exited = () => failed(new Error("the decoder ended"));
    worker.on("message", answered);
    worker.on("error", failed);
    worker.on("exit", exited);
    worker.postMessage(request);
  });
}

/** The decoder of this process. */
export const decoder = new Decoder();

let files = 0;

/** A number for a file that is decoded. */
export function nextFile(): number {
  return ++files;
}
