import type { HistoryField } from "../../graphql/history-documents.ts";
import { markOwn } from "../../transport/let-go.ts";
import { powersOfFive } from "./powers.ts";
import { SCANNER_WASM } from "./scanner-wasm.ts";
import { wasm } from "./wasm.ts";

/** What assembly/answer.ts exports. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly FIELD: { readonly value: number };
  readonly INPUT: { readonly value: number };
  readonly POWERS: { readonly value: number };
  readonly TENS: { readonly value: number };
  readonly valueStart: { readonly value: number };
  readonly valueEnd: { readonly value: number };
  readonly firstChunk: { readonly value: number };
  readonly chunkCount: { readonly value: number };
  prepare(length: number): number;
  begin(length: number, fieldLength: number, texts: number): void;
  next(): number;
  chunksStart(): number;
  chunksEnd(): number;
}

/** A value of the field in an answer: where it is, and its chunks when the scanner read them. */
export interface Found {
  readonly start: number;
  readonly end: number;
  /** Where its first chunk is in `Scan.chunks`; absent when the scanner left the value alone. */
  readonly firstChunk: number | undefined;
  readonly chunkCount: number;
}

/** What a scan of an answer gives. */
export interface Scan {
  readonly values: readonly Found[];
  /** The finished chunks, as assembly/finish.ts lays them out. */
  readonly chunks: ArrayBuffer;
  /** Where the answer's first byte was: keys and texts are given by their place in the scanner's memory. */
  readonly origin: number;
}

const READ = 1;
const NOTHING = 0;

/** An instance whose memory has grown beyond this isn't kept for the next answer: memory never shrinks. */
const KEPT_BYTES = 48 << 20;

let isPrepared = false;
let module: object | undefined;
let idle: Scanner | undefined;
let broken = wasm === undefined || new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1;

/**
 * Scans an answer.
 *
 * @returns `undefined` where there is no WebAssembly, or no memory for it: then the slow way is left
 */
export function scan(bytes: Uint8Array, field: HistoryField): Scan | undefined {
  if (broken) return undefined;
  const scanner = idle ?? makeScanner();
  idle = undefined; // one that fails isn't used again
  try {
    const result = scanner?.scan(bytes, field);
    if (scanner !== undefined && scanner.memoryBytes <= KEPT_BYTES) idle = scanner;
    return result;
  } catch {
    // WebAssembly stops rather than touch memory that isn't its own; and there may be none left for the result.
    return undefined;
  }
}

/** An answer of each kind, with a value of each, behind as much space as a first answer takes. */
const EXERCISE = [
  '{"history":["{\\"a\\":0.25,\\"b\\":\\"c\\"}"],',
  '"sampledHistory":[[{"a":1e-7,"b":-17,"c":null}]]}',
];
const EXERCISE_BYTES = 200_000;

/**
 * Makes the scanner ready, which takes some milliseconds, since its functions are compiled when they are first called:
 * to be done while a first answer is on its way.
 */
export function prepareScanner(): void {
  if (isPrepared) return;
  isPrepared = true;
  const answer = Buffer.from(EXERCISE.join("").padEnd(EXERCISE_BYTES));
  scan(answer, "history");
  scan(answer, "sampledHistory");
}

function makeScanner(): Scanner | undefined {
  if (wasm === undefined) return undefined;
  try {
    module ??= new wasm.Module(Buffer.from(SCANNER_WASM, "base64"));
    return new Scanner(wasm, module);
  } catch {
    // Whatever keeps it from being compiled or started will do so next time.
    broken = true;
    return undefined;
  }
}

/** One instance of the scanner, with its memory. */
class Scanner {
  readonly #exports: Exports;

  constructor(api: NonNullable<typeof wasm>, module: object) {
    const { exports } = new api.Instance(module, { number: { slowNumber: this.#slowNumber } });
    this.#exports = exports as Exports;
    const { memory, POWERS, TENS } = this.#exports;
    this.#exports.prepare(0);
    new BigUint64Array(memory.buffer, POWERS.value).set(powersOfFive());
    new Float64Array(memory.buffer, TENS.value).set(
      Array.from({ length: 23 }, (_, power) => Number(`1e${power}`)),
    );
  }

  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  scan(bytes: Uint8Array, field: HistoryField): Scan | undefined {
    const exports = this.#exports;
    if (exports.prepare(bytes.byteLength) === 0) return undefined;
    const origin = exports.INPUT.value;
    new Uint8Array(exports.memory.buffer, origin).set(bytes);
    const name = Buffer.from(`"${field}"`);
    new Uint8Array(exports.memory.buffer, exports.FIELD.value).set(name);
    exports.begin(bytes.byteLength, name.byteLength, field === "sampledHistory" ? 0 : 1);
    const base = exports.chunksStart();
    const values: Found[] = [];
    for (let found = exports.next(); found !== NOTHING; found = exports.next()) {
      values.push({
        start: exports.valueStart.value - origin,
        end: exports.valueEnd.value - origin,
        firstChunk: found === READ ? exports.firstChunk.value - base : undefined,
        chunkCount: exports.chunkCount.value,
      });
    }
    const chunks = exports.memory.buffer.slice(base, exports.chunksEnd());
    markOwn(new Uint8Array(chunks));
    return { values, chunks, origin };
  }

  readonly #slowNumber = (start: number, end: number): number =>
    Number(Buffer.from(this.#exports.memory.buffer, start, end - start).toString("latin1"));
}
