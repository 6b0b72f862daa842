const encoder = new TextEncoder();

/** A text a row. A row that has none gives the empty text. */
export interface Texts {
  at(row: number): string;
  /** The bytes that all of them take as UTF-8. */
  byteLength(): number;
  /**
   * Writes the UTF-8 from `byte` on, and where each row's text ends into `ends`, the first row's at `row`.
   * A lone surrogate, which UTF-8 can't hold, becomes U+FFFD. Gives the byte where the next text goes.
   */
  write(ends: Int32Array, row: number, data: Uint8Array, byte: number): number;
  /** Those of the rows from `start` to just before `end`. */
  slice(start: number, end: number): Texts;
  /** The memory that they lie in, where it isn't JavaScript's own. */
  readonly buffers: readonly ArrayBufferLike[];
}

/** Texts that are JavaScript strings. */
export class StringTexts implements Texts {
  readonly buffers = [];
  readonly #texts: readonly string[];

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  at(row: number): string {
    return this.#texts[row] as string;
  }

  slice(start: number, end: number): Texts {
    return new StringTexts(this.#texts.slice(start, end));
  }

  byteLength(): number {
    return this.#texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  }

  write(ends: Int32Array, row: number, data: Uint8Array, byte: number): number {
    let end = byte;
    for (const [index, text] of this.#texts.entries()) {
      end += encoder.encodeInto(text, data.subarray(end)).written;
      ends[row + index] = end;
    }
    return end;
  }
}

/**
 * Texts that are valid UTF-8 in one piece; text `i` ends where `ends[i]` says, and the next begins there. The first begins
 * at byte `start`.
 */
export class Utf8Texts implements Texts {
  readonly #ends: Int32Array;
  readonly #data: Uint8Array;
  readonly #buffer: Buffer;
  readonly #start: number;

  constructor(ends: Int32Array, data: Uint8Array, start = 0) {
    this.#ends = ends;
    this.#data = data;
    this.#start = start;
    this.#buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }

  at(row: number): string {
    return this.#buffer.toString("utf8", this.#startOf(row), this.#ends[row]);
  }

  slice(start: number, end: number): Texts {
    return new Utf8Texts(this.#ends.subarray(start, end), this.#data, this.#startOf(start));
  }

  get buffers(): readonly ArrayBufferLike[] {
    return [this.#ends.buffer, this.#data.buffer];
  }

  byteLength(): number {
    return this.#startOf(this.#ends.length) - this.#start;
  }

  write(ends: Int32Array, row: number, data: Uint8Array, byte: number): number {
    const end = this.#startOf(this.#ends.length);
    data.set(this.#data.subarray(this.#start, end), byte);
    const shift = byte - this.#start;
    for (let index = 0; index < this.#ends.length; index++) {
      ends[row + index] = shift + (this.#ends[index] as number);
    }
    return shift + end;
  }

  #startOf(row: number): number {
    return row === 0 ? this.#start : (this.#ends[row - 1] as number);
  }
}

/** The same text in every row. */
export class RepeatedText implements Texts {
  readonly buffers = [];
  readonly #text: string;
  readonly #rows: number;

  constructor(text: string, rows: number) {
    this.#text = text;
    this.#rows = rows;
  }

  at(): string {
    return this.#text;
  }

  slice(start: number, end: number): Texts {
    return new RepeatedText(this.#text, end - start);
  }

  byteLength(): number {
    return Buffer.byteLength(this.#text) * this.#rows;
  }

  write(ends: Int32Array, row: number, data: Uint8Array, byte: number): number {
    const { written } = encoder.encodeInto(this.#rows === 0 ? "" : this.#text, data.subarray(byte));
    const end = byte + written * this.#rows;
    // What is there is doubled until all is: a call for each row takes several times as long.
    for (let filled = byte + written; filled < end; filled += filled - byte) {
      data.copyWithin(filled, byte, Math.min(filled, byte + end - filled));
    }
    for (let index = 0; index < this.#rows; index++) ends[row + index] = byte + written * (index + 1);
    return end;
  }
}
