import { abortable } from "../async/abort.ts";
import { InvalidArgumentError } from "../errors.ts";
import type { Call } from "./call.ts";
import { doing } from "./details.ts";
import type { Chunks, Download } from "./download.ts";
import { failure } from "./failure.ts";
import type { Incoming, Lasting, Line } from "./line.ts";

/** A file whose first bytes have arrived. */
export class OpenDownload implements Download, Lasting {
  readonly status: number;
  readonly headers: Incoming["headers"];
  readonly body: AsyncIterable<Uint8Array>;
  readonly ended: Promise<void>;
  readonly #line: Line;
  readonly #call: Call;
  readonly #address: string;
  readonly #chunks: Chunks;
  #reading = false;
  #waiting = false;
  #end: () => void = () => undefined;

  constructor(line: Line, call: Call, { status, headers }: Incoming, address: string, chunks: Chunks) {
    this.status = status;
    this.headers = headers;
    this.#line = line;
    this.#call = call;
    this.#address = address;
    this.#chunks = chunks;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.body = { [Symbol.asyncIterator]: () => this.#read() };
    line.keep(this);
    if (chunks.first.done) this.#finish();
  }

  async bytes(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.body) chunks.push(chunk);
    return new Uint8Array(Buffer.concat(chunks));
  }

  async cancel(): Promise<void> {
    // A reader that waits for the server would hold `return` back for as long.
    if (this.#waiting) this.#call.abort(new DOMException("The download was cancelled.", "AbortError"));
    await this.#chunks.rest.return?.();
    this.#finish();
  }

  /** Where nobody reads, nobody waits for the end. */
  settle(): void {
    if (!this.#reading) this.cancel().catch(() => undefined);
  }

  async *#read(): AsyncGenerator<Uint8Array, void, undefined> {
    const { first, rest } = this.#chunks;
    if (this.#reading) {
      throw new InvalidArgumentError(
        `The bytes of a download can be read once, ${doing(this.#call.details)}.`,
        this.#call.details,
      );
    }
    this.#reading = true;
    try {
      for (let next = first; !next.done; next = await this.#next(rest)) {
        yield next.value;
      }
    } catch (error) {
      throw this.#failure(error);
    } finally {
      await this.cancel();
    }
  }

  async #next(rest: Chunks["rest"]): Promise<IteratorResult<Uint8Array>> {
    this.#waiting = true;
    try {
      return await abortable(rest.next(), this.#call.signal);
    } finally {
      this.#waiting = false;
    }
  }

  #failure(error: unknown): unknown {
    const { signal, details, timeout } = this.#call;
    if (signal.aborted) return signal.reason;
    const { address, redactor } = { address: this.#address, redactor: this.#line.redactor };
    const attempt = failure(error, { address, details, timeout, redactor });
    return "retry" in attempt ? attempt.retry.error("") : error;
  }

  #finish(): void {
    this.#call.end();
    this.#end();
  }
}
