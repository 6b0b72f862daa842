import { once } from "node:events";
import { CommandError } from "../command-error.ts";
import { EXIT } from "../exit-codes.ts";
import { wantsColor } from "../terminal.ts";
import { ReaderGone, type Sink } from "./sink.ts";

/** Standard output. */
export class StdoutSink implements Sink {
  readonly isTerminal = Boolean(process.stdout.isTTY);
  readonly isColored = wantsColor(process.stdout);
  readonly columns = process.stdout.isTTY ? process.stdout.columns || 80 : undefined;
  readonly #before: () => void;
  readonly #signal: AbortSignal;

  /**
   * @param signal - aborted when the reader is gone, too
   * @param before - called before something is written
   */
  constructor(signal: AbortSignal, before: () => void) {
    this.#signal = signal;
    this.#before = before;
  }

  async write(data: string | Uint8Array): Promise<void> {
    this.#signal.throwIfAborted();
    this.#before();
    if (!process.stdout.write(data)) await once(process.stdout, "drain", { signal: this.#signal });
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write("", (error) => (error ? reject(asGone(error)) : resolve()));
    });
  }

  async abort(): Promise<void> {}
}

/** What an error of standard output means. */
export function asGone(error: NodeJS.ErrnoException): Error {
  const isGone = error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED";
  if (isGone) return new ReaderGone("Nobody reads the output any more.");
  return new CommandError(`The output can't be written: ${error.message}.`, EXIT.failed, { cause: error });
}
