/** A place in a FlatBuffer from which a field, a table or a list can be read; what lies outside is refused. */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #vtable: number;
  readonly #vtableBytes: number;

  private constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#vtable = at - view.getInt32(at, true);
    this.#vtableBytes = view.getUint16(this.#vtable, true);
  }

  /** The table that a buffer is about. @throws RangeError for one that isn't in the bytes, as all methods do */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  byte(id: number, absent = 0): number {
    const at = this.#field(id);
    return at === undefined ? absent : this.#view.getUint8(at);
  }

  long(id: number): number {
    const at = this.#field(id);
    return at === undefined ? 0 : this.#long(at);
  }

  table(id: number): FlatTable | undefined {
    const at = this.#field(id);
    return at === undefined ? undefined : new FlatTable(this.#view, this.#follow(at));
  }

  /** Looks whether a text lies in the bytes. */
  checkText(id: number): void {
    this.#list(id, 1);
  }

  tables(id: number): FlatTable[] {
    const { start, length } = this.#list(id, 4);
    return Array.from({ length }, (_, index) => new FlatTable(this.#view, this.#follow(start + index * 4)));
  }

  /** A list of structs of 64-bit integers, one after another; `width` bytes a struct. */
  longs(id: number, width: number): number[] {
    const { start, length } = this.#list(id, width);
    return Array.from({ length: (length * width) / 8 }, (_, index) => this.#long(start + index * 8));
  }

  /** Looks whether a list of elements of so many bytes lies in the bytes. */
  checkList(id: number, width: number): void {
    this.#list(id, width);
  }

  #list(id: number, width: number): { start: number; length: number } {
    const at = this.#field(id);
    if (at === undefined) return { start: 0, length: 0 };
    const start = this.#follow(at) + 4;
    const length = this.#view.getUint32(start - 4, true);
    if (start + length * width > this.#view.byteLength)
      throw new RangeError("a list reaches beyond its message");
    return { start, length };
  }

  #follow(at: number): number {
    return at + this.#view.getUint32(at, true);
  }

  #long(at: number): number {
    const value = Number(this.#view.getBigInt64(at, true));
    if (!Number.isSafeInteger(value)) throw new RangeError("a length is beyond 2^53");
    return value;
  }

  #field(id: number): number | undefined {
    const entry = 4 + id * 2;
    if (entry + 2 > this.#vtableBytes) return undefined;
    const offset = this.#view.getUint16(this.#vtable + entry, true);
    return offset === 0 ? undefined : this.#at + offset;
  }
}
