import { LazyrunsError, NetworkError, NotFoundError } from "../errors.ts";
import { parseDate } from "../graphql/date.ts";
import { type RunRef, runDetails } from "../graphql/run.ts";
import type { WireFile } from "../graphql/run-wire.ts";
import type { WaitOptions } from "../progress.ts";
import type { Download } from "../transport/download.ts";

/** Makes a file from the wire. */
export let makeRunFile: (wire: WireFile, ref: RunRef) => RunFile;

/**
 * A file of a run. Its content is fetched when it is asked for, each time anew.
 *
 * @example
 * const file = await run.file("config.yaml");
 * console.log(await file.text());
 * @example
 * await pipeline(file.stream(), createWriteStream("model.pt")); // however big it is
 */
export class RunFile {
  static {
    makeRunFile = (wire, ref) => new RunFile(wire, ref);
  }

  /** Its path in the run, with slashes. Names are the training script's own: check one before it becomes a path. */
  readonly name: string;
  /** Its size in bytes when it was listed; null when the server doesn't say. */
  readonly size: number | null;
  /** Its media type, such as `"text/yaml"`; null when the server doesn't say. */
  readonly mimetype: string | null;
  readonly updatedAt: Date | null;
  /** The MD5 of its bytes in base64; null when the server doesn't say. */
  readonly md5: string | null;
  /** Where its bytes are, as long as the server allows; null when they were never uploaded. */
  readonly url: string | null;

  readonly #ref: RunRef;

  private constructor(wire: WireFile, ref: RunRef) {
    this.name = wire.name;
    this.size = size(wire.sizeBytes);
    this.mimetype = wire.mimetype ?? null;
    this.updatedAt = parseDate(wire.updatedAt);
    this.md5 = wire.md5 ?? null;
    // A server may give an address that is relative to its own.
    this.url = wire.url ? new URL(wire.url, `${ref.service.baseUrl}/`).href : null;
    this.#ref = ref;
  }

  /**
   * The file's bytes piece by piece, as they arrive: for a file that is too big to hold. The request is sent when the
   * first piece is asked for, and ends with a loop that ends early.
   *
   * @throws NotFoundError when its bytes are not there, NetworkError when they end too early; what `Service.execute`
   *   throws.
   */
  async *stream({ signal }: WaitOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
    signal?.throwIfAborted();
    const details = runDetails(this.#ref, `reading the file ${JSON.stringify(this.name)}`);
    if (this.url === null) {
      throw new NotFoundError(`The file ${this.#path()} was announced and never uploaded.`, details);
    }
    const answer = await this.#ref.service.download(this.url, { signal, details });
    let received = 0;
    try {
      for await (const piece of answer.body) {
        received += piece.length;
        yield piece;
      }
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      if (cause instanceof LazyrunsError && !(cause instanceof NetworkError)) throw cause;
      throw new NetworkError(`The file ${this.#path()} broke off after ${received} bytes.`, {
        ...details,
        cause,
      });
    }
    const expected = this.#expected(answer);
    if (received < expected) {
      throw new NetworkError(
        `The file ${this.#path()} broke off: ${received} of ${expected} bytes came.`,
        details,
      );
    }
  }

  /** All of the file's bytes. Throws what `stream()` throws. */
  async bytes(options: WaitOptions = {}): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of this.stream(options)) {
      pieces.push(piece);
      length += piece.length;
    }
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  /** The file as text, read as UTF-8, without a byte order mark. Throws what `stream()` throws. */
  async text(options: WaitOptions = {}): Promise<string> {
    return new TextDecoder().decode(await this.bytes(options));
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const size = this.size === null ? "size unknown" : `${this.size} bytes`;
    return `RunFile ${JSON.stringify(this.name)} (${this.mimetype ?? "type unknown"}, ${size})`;
  }

  #path(): string {
    const { entity, project, run } = this.#ref;
    return `${this.name} of ${entity}/${project}/${run}`;
  }

  /**
   * How many bytes must come. The head of the answer knows best: a file of a run that is under way may have been
   * written anew since it was listed. What was compressed on the way has another length there, and is checked by its
   * own format.
   */
  #expected({ headers }: Download): number {
    if (headers["content-encoding"] !== undefined) return 0;
    return size(headers["content-length"]) ?? this.size ?? 0;
  }
}

function size(value: unknown): number | null {
  const number = value === null || value === undefined ? Number.NaN : Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}
