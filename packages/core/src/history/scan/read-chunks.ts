import { isUtf8 } from "node:buffer";
import { parse } from "@lazyruns/json";
import { bitmapBytes, getBit } from "../table/bitmap.ts";
import { type Chunk, type ChunkColumn, Schema } from "../table/chunk.ts";
import { StringTexts, type Texts, Utf8Texts } from "../table/texts.ts";
import type { Found, Scan } from "./scanner.ts";

/** The kinds of assembly/layout.ts. */
const KINDS = ["null", "float64", "int64", "long", "bool", "utf8", "utf8Spans", "json", "jsonSpans"] as const;

// Where assembly/finish.ts puts what, in words of four bytes from the head of a chunk and of a column on.
const CHUNK_SIZE = 2;
const KEY = 0;
const KEY_BYTES = 1;
const KIND = 2;
const VALUES = 3;
const VALIDITY = 4;
const PRESENT = 5;
const DATA = 6;
const DATA_BYTES = 7;

/** How a chunk's columns are sorted, for chunks whose keys came in the same order. */
interface Shape {
  readonly schema: Schema;
  /** For each name of the schema, which of the chunk's columns has it. */
  readonly order: readonly number[];
}

/** Makes chunks of what the scanner laid out for an answer. Columns are views of it, not copies. */
export class ChunkReader {
  readonly #answer: Buffer;
  readonly #areTexts: boolean;
  readonly #scan: Scan;
  readonly #words: Uint32Array;
  readonly #names = new Map<number, string>();
  readonly #shapes = new Map<string, Shape>();

  /** @param areTexts - whether rows are JSON in strings */
  constructor(answer: Buffer, areTexts: boolean, scan: Scan) {
    this.#answer = answer;
    this.#areTexts = areTexts;
    this.#scan = scan;
    this.#words = new Uint32Array(scan.chunks);
  }

  /**
   * The chunks of a value that the scanner read.
   *
   * @throws SyntaxError for an escape that is none, nested text that isn't JSON, or a key spelled in two ways: only here
   *   are they looked into
   */
  read({ firstChunk = 0, chunkCount }: Found): Chunk[] {
    const chunks: Chunk[] = [];
    let head = firstChunk;
    for (let index = 0; index < chunkCount; index++) {
      chunks.push(this.#chunk(head));
      head += this.#word(head, CHUNK_SIZE);
    }
    return chunks;
  }

  #word(head: number, index: number): number {
    return this.#words[head / 4 + index] as number;
  }

  #chunk(head: number): Chunk {
    const numRows = this.#word(head, 0);
    const heads = Array.from({ length: this.#word(head, 1) }, (_, column) => head + 16 + column * 32);
    const { schema, order } = this.#shape(heads);
    return {
      numRows,
      schema,
      columns: order.map((column) => this.#column(heads[column] as number, numRows)),
    };
  }

  #shape(heads: readonly number[]): Shape {
    const keys = heads.map((head) => this.#word(head, KEY));
    const id = keys.join();
    let shape = this.#shapes.get(id);
    if (shape === undefined) {
      const names = heads.map((head) => this.#name(head));
      const order = [...names.keys()].sort((a, b) => ((names[a] as string) < (names[b] as string) ? -1 : 1));
      const sorted = order.map((column) => names[column] as string);
      if (new Set(sorted).size < sorted.length) throw new SyntaxError("A key is spelled in two ways");
      shape = { schema: new Schema(sorted), order };
      this.#shapes.set(id, shape);
    }
    return shape;
  }

  /** A key is known by where it first stood. */
  #name(head: number): string {
    const key = this.#word(head, KEY);
    let name = this.#names.get(key);
    if (name === undefined) {
      const quote = this.#areTexts ? 2 : 1;
      name = this.#unescaped(key, this.#word(head, KEY_BYTES) - quote);
      this.#names.set(key, name);
    }
    return name;
  }

  #column(head: number, numRows: number): ChunkColumn {
    const { chunks } = this.#scan;
    const at = this.#word(head, VALUES);
    const slots = {
      validity: this.#bitmap(this.#word(head, VALIDITY), numRows),
      present: this.#bitmap(this.#word(head, PRESENT), numRows),
    };
    const kind = KINDS[this.#word(head, KIND)];
    switch (kind) {
      case "float64":
        return { kind, ...slots, values: new Float64Array(chunks, at, numRows), exact: null };
      case "int64":
        return { kind, ...slots, values: new Float64Array(chunks, at, numRows) };
      case "long":
        return { kind: "int64", ...slots, values: new BigInt64Array(chunks, at, numRows) };
      case "bool":
        return { kind, ...slots, values: new Uint8Array(chunks, at, numRows) };
      case "utf8":
      case "json":
        return { kind, ...slots, texts: this.#copiedTexts(head, numRows) };
      case "utf8Spans":
      case "jsonSpans": {
        const read = kind === "utf8Spans" ? this.#unescaped : this.#nested;
        const texts = this.#spannedTexts(at, numRows, slots.validity, read);
        return { kind: kind === "utf8Spans" ? "utf8" : "json", ...slots, texts };
      }
      default:
        return { kind: "null", ...slots, validity: slots.validity ?? new Uint8Array(bitmapBytes(numRows)) };
    }
  }

  #bitmap(at: number, numRows: number): Uint8Array | null {
    return at === 0 ? null : new Uint8Array(this.#scan.chunks, at, bitmapBytes(numRows));
  }

  #copiedTexts(head: number, numRows: number): Texts {
    const ends = new Int32Array(this.#scan.chunks, this.#word(head, VALUES), numRows);
    const data = new Uint8Array(this.#scan.chunks, this.#word(head, DATA), this.#word(head, DATA_BYTES));
    const texts = new Utf8Texts(ends, data);
    if (isUtf8(data)) return texts;
    return new StringTexts(Array.from({ length: numRows }, (_, row) => texts.at(row)));
  }

  #spannedTexts(
    at: number,
    numRows: number,
    validity: Uint8Array | null,
    read: (start: number, length: number) => string,
  ): Texts {
    const spans = new Uint32Array(this.#scan.chunks, at, numRows * 2);
    return new StringTexts(
      Array.from({ length: numRows }, (_, row) => {
        if (validity !== null && !getBit(validity, row)) return "";
        return read(spans[row * 2] as number, spans[row * 2 + 1] as number);
      }),
    );
  }

  /** The string whose inside is there. */
  readonly #unescaped = (start: number, length: number): string => {
    const once = this.#text(start, length);
    return once.includes("\\") ? unescaped(once) : once;
  };

  /** The JSON text of the object or array that is there. */
  readonly #nested = (start: number, length: number): string => {
    const text = this.#text(start, length);
    parse(text);
    return text;
  };

  /** The bytes of a row as the row has them. */
  #text(start: number, length: number): string {
    const from = start - this.#scan.origin;
    const text = this.#answer.toString("utf8", from, from + length);
    return this.#areTexts && text.includes("\\") ? unescaped(text) : text;
  }
}

function unescaped(inside: string): string {
  return JSON.parse(`"${inside}"`) as string;
}
