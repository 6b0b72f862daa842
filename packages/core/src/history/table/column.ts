import { checkWhole, show } from "../../arguments.ts";
import { InvalidArgumentError, LazyrunsError } from "../../errors.ts";
import type { RunValue } from "../../values.ts";
import { bitmapBytes, copyBits, countBits, setBits } from "./bitmap.ts";
import { type ChunkColumn, isValid, valueAt } from "./chunk.ts";
import { type DType, unite } from "./dtype.ts";
import { textOf, writeNumbers } from "./write-values.ts";

/** What `values` of a column is, by the column's type. */
export interface ColumnValues {
  int64: BigInt64Array;
  float64: Float64Array;
  bool: Uint8Array;
  utf8: readonly string[];
  json: readonly string[];
  datetime: BigInt64Array;
  null: Uint8Array;
}

/** A column of any type; asking for its `dtype` tells TypeScript what its `values` are. */
export type AnyColumn = { [D in DType]: Column<D> }[DType];

/** A run's part of a column: `numRows` rows, all without a value when there is no chunk column. */
export interface ColumnPart {
  readonly numRows: number;
  readonly column: ChunkColumn | undefined;
}

/** Whether a column's numbers stay what they are as doubles. */
function fitsDoubles(column: ChunkColumn): boolean {
  if (column.kind === "float64") {
    return (
      column.exact === null || [...column.exact.values()].every((value) => BigInt(Number(value)) === value)
    );
  }
  if (column.kind !== "int64" || column.values instanceof Float64Array) return true;
  return column.values.every((value) => BigInt(Number(value)) === value);
}

/** The most that an offset of 32 bits with a sign can say. */
const MOST_BYTES = 2 ** 31 - 1;

/** What takes the values of a type. Nulls fill any of them. */
const TARGETS: {
  readonly [D in DType]?: readonly (typeof Float64Array | typeof BigInt64Array | typeof Uint8Array)[];
} = {
  int64: [BigInt64Array],
  float64: [Float64Array],
  bool: [Uint8Array],
  datetime: [BigInt64Array],
  null: [Float64Array, BigInt64Array, Uint8Array],
};

/**
 * Makes a column of its parts.
 *
 * @param dtype - a type that holds the values of all of them; not given, the narrowest that does
 */
export let makeColumn: (name: string, parts: readonly ColumnPart[], dtype?: DType) => AnyColumn;

/**
 * One column of a table: a metric over all rows of all runs.
 *
 * Its values lie in pieces, one a run, as they arrived. `values` and `validity` put them into one array when they are
 * first read and keep that; `copyValues`, `copyValidity` and `toUtf8` put them where a builder of another format
 * wants them, with no copy between. The layouts are Apache Arrow's (https://arrow.apache.org/docs/format/Columnar.html).
 *
 * @example
 * const loss = table.column("loss");
 * if (loss.dtype === "float64") console.log(loss.values.length, loss.nullCount); // a Float64Array, NaN where null
 */
export class Column<D extends DType = DType> {
  static {
    makeColumn = (name, parts, dtype) => new Column(name, parts, dtype) as AnyColumn;
  }

  /** The metric's name, `"run_id"`, or that of a run's column. */
  readonly name: string;
  /** The type that holds the values of every run. */
  readonly dtype: D;
  /** How many rows the table has. */
  readonly length: number;
  /** How many rows have no value. NaN is a value. */
  readonly nullCount: number;
  /**
   * Whether `values` are what was logged. They aren't in a `float64` column with whole numbers that no double holds: there
   * stand the nearest doubles. `get()` gives the numbers themselves.
   */
  readonly isExact: boolean;
  readonly #parts: readonly ColumnPart[];
  /** The row each part begins with. */
  readonly #starts: readonly number[];
  #part = 0;
  #values: ColumnValues[D] | undefined;
  #validity: Uint8Array | undefined;

  private constructor(name: string, parts: readonly ColumnPart[], known: DType | undefined) {
    this.name = name;
    this.#parts = parts;
    let dtype = known ?? "null";
    let length = 0;
    let nullCount = 0;
    const starts: number[] = [];
    for (const { numRows, column } of parts) {
      starts.push(length);
      length += numRows;
      if (column === undefined) nullCount += numRows;
      else {
        dtype = unite(dtype, column.kind);
        if (column.validity !== null) nullCount += numRows - countBits(column.validity, numRows);
      }
    }
    this.dtype = dtype as D;
    this.length = length;
    this.nullCount = nullCount;
    this.isExact =
      dtype !== "float64" || parts.every(({ column }) => column === undefined || fitsDoubles(column));
    this.#starts = starts;
  }

  /**
   * The values in one array, by type: `int64` a BigInt64Array, `float64` a Float64Array, `bool` a Uint8Array of 0 and
   * 1, `utf8` strings, `json` strings of JSON text (with Python's `NaN` and `Infinity`), `datetime` a BigInt64Array of
   * milliseconds since 1970 UTC, `null` a Uint8Array of zeros. Where a row has no value stands NaN in doubles, and else 0 or the empty text.
   *
   * A `float64` column in which some run's whole numbers passed 2^53 has the nearest doubles here; `get()` and the
   * table's `toRows()` give them exactly.
   */
  get values(): ColumnValues[D] {
    this.#values ??= this.#collect();
    return this.#values;
  }

  /** Which rows have a value, as a bitmap (bit `i` is bit `i % 8`, lowest first, of byte `i / 8`); `null`: all have. */
  get validity(): Uint8Array | null {
    if (this.nullCount === 0) return null;
    if (this.#validity === undefined) {
      const validity = new Uint8Array(bitmapBytes(this.length));
      this.copyValidity(validity);
      this.#validity = validity;
    }
    return this.#validity;
  }

  /**
   * A row's value as `toRows()` has it: a whole number is a `number` when it is a safe integer and else a `bigint`;
   * JSON is parsed; a moment is ISO 8601 text; `null` where there is none.
   *
   * @throws InvalidArgumentError for a row that isn't there
   * @example
   * table.column("loss").get(0); // 2.31
   */
  get(row: number): RunValue {
    if (this.length === 0)
      throw new InvalidArgumentError(`row is ${show(row)}; ${this.#quoted} has no rows.`);
    checkWhole("row", row, 0, this.length - 1);
    const place = this.#partOf(row);
    const part = this.#parts[place] as ColumnPart;
    return (part.column && valueAt(part.column, row - (this.#starts[place] as number))) ?? null;
  }

  /** The values of all rows, as `get()` gives them. */
  *[Symbol.iterator](): Generator<RunValue, void, undefined> {
    for (const { numRows, column } of this.#parts) {
      for (let row = 0; row < numRows; row++) yield (column && valueAt(column, row)) ?? null;
    }
  }

  /**
   * Writes `values` of a column of numbers or truth values into `target`, from its element `at` on. Unlike `values` it
   * leaves nothing behind in the table.
   *
   * @param target - a BigInt64Array for `int64` and `datetime`, a Float64Array for `float64`, a Uint8Array for `bool`, any of them
   *   for `null`; with at least `at + length` elements
   * @throws InvalidArgumentError for a column of text or JSON, a target of another type, or one that is too short
   * @example
   * const loss = table.column("loss"); // a column of doubles
   * const values = new Float64Array(loss.length);
   * loss.copyValues(values);
   */
  copyValues(target: Float64Array | BigInt64Array | Uint8Array, at = 0): void {
    this.#checkTarget(target, at);
    let start = at;
    for (const { numRows, column } of this.#parts) {
      writeNumbers(column, numRows, target, start);
      start += numRows;
    }
  }

  /**
   * Sets the bits of the rows that have a value in `target`, whose bits are 0, from bit `at` on.
   *
   * @param target - with at least `at + length` bits
   * @throws InvalidArgumentError for a target that is no Uint8Array, or too short
   * @example
   * const bits = new Uint8Array(Math.ceil(loss.length / 8));
   * loss.copyValidity(bits);
   */
  copyValidity(target: Uint8Array, at = 0): void {
    if (!(target instanceof Uint8Array)) throw this.#misfit("copyValidity", "a Uint8Array");
    this.#checkRoom("copyValidity", target.length * 8, "bits", at);
    let start = at;
    for (const { numRows, column } of this.#parts) {
      if (column !== undefined) {
        if (column.validity === null) setBits(target, start, start + numRows);
        else copyBits(column.validity, numRows, target, start);
      }
      start += numRows;
    }
  }

  /**
   * The texts of a `utf8` or `json` column as UTF-8: row `i` is `data` from `offsets[i]` to `offsets[i + 1]`. Nothing is
   * kept. A lone surrogate, which UTF-8 can't hold, becomes U+FFFD.
   *
   * @throws InvalidArgumentError for a column of another type; LazyrunsError for more than 2 GiB of text, which
   *   offsets of 32 bits can't tell apart
   * @example
   * const { offsets, data } = table.column("run_id").toUtf8();
   * new TextDecoder().decode(data.subarray(offsets[0], offsets[1])); // "a1b2c3d4"
   */
  toUtf8(): { offsets: Int32Array; data: Uint8Array } {
    if (this.dtype !== "utf8" && this.dtype !== "json") {
      throw new InvalidArgumentError(
        `toUtf8() gives text, and ${this.#quoted} is ${this.dtype}. Read its values.`,
      );
    }
    const texts = this.#parts.map(({ numRows, column }) => textOf(column, numRows, this.dtype));
    const bytes = texts.reduce((sum, text) => sum + text.byteLength(), 0);
    if (bytes > MOST_BYTES) {
      throw new LazyrunsError(
        `The text of ${this.#quoted} takes ${bytes} bytes, more than the ${MOST_BYTES} that toUtf8() can give. ` +
          "Read the runs in parts: table.forRun(id), or fewer runs at once.",
        { operation: "reading a column" },
      );
    }
    const offsets = new Int32Array(this.length + 1);
    const data = new Uint8Array(bytes);
    let byte = 0;
    for (const [index, text] of texts.entries()) {
      byte = text.write(offsets, (this.#starts[index] as number) + 1, data, byte);
    }
    return { offsets, data };
  }

  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const nulls = this.nullCount === 0 ? "" : `, ${this.nullCount} null`;
    return `Column { ${JSON.stringify(this.name)}: ${this.dtype}, ${this.length} rows${nulls} }`;
  }

  get #quoted(): string {
    return `column ${JSON.stringify(this.name)}`;
  }

  #checkTarget(target: unknown, at: number): void {
    const needs = TARGETS[this.dtype];
    if (needs === undefined) {
      throw new InvalidArgumentError(
        `copyValues() gives numbers and truth values, and ${this.#quoted} is ${this.dtype}. Use toUtf8().`,
      );
    }
    const kind = needs.find((Kind) => target instanceof Kind);
    if (kind === undefined)
      throw this.#misfit("copyValues", needs.map(({ name }) => `a ${name}`).join(" or "));
    this.#checkRoom("copyValues", (target as { length: number }).length, "elements", at);
  }

  #checkRoom(method: string, room: number, of: string, at: number): void {
    checkWhole("at", at, 0);
    if (at + this.length <= room) return;
    throw new InvalidArgumentError(
      `The target of ${method}() has room for ${room} ${of}, and ${this.#quoted} needs ${this.length} from ${at} on.`,
    );
  }

  #misfit(method: string, needed: string): InvalidArgumentError {
    return new InvalidArgumentError(
      `The target of ${method}() must be ${needed}, for ${this.#quoted} is ${this.dtype}.`,
    );
  }

  #partOf(row: number): number {
    const starts = this.#starts;
    const holds = (part: number) =>
      row >= (starts[part] as number) &&
      row < (starts[part] as number) + (this.#parts[part] as ColumnPart).numRows;
    if (holds(this.#part)) return this.#part; // rows are mostly asked for one after another
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] as number) <= row) low = middle;
      else high = middle - 1;
    }
    this.#part = low;
    return low;
  }

  #collect(): ColumnValues[D] {
    switch (this.dtype as DType) {
      case "utf8":
      case "json": {
        const values: string[] = [];
        for (const { numRows, column } of this.#parts) {
          const texts = textOf(column, numRows, this.dtype);
          for (let row = 0; row < numRows; row++) {
            values.push(column !== undefined && isValid(column, row) ? texts.at(row) : "");
          }
        }
        return values as unknown as ColumnValues[D];
      }
      case "int64":
      case "datetime":
        return this.#numbers(new BigInt64Array(this.length));
      case "float64":
        return this.#numbers(new Float64Array(this.length));
      default:
        return this.#numbers(new Uint8Array(this.length));
    }
  }

  #numbers(values: Float64Array | BigInt64Array | Uint8Array): ColumnValues[D] {
    this.copyValues(values);
    return values as ColumnValues[D];
  }
}
