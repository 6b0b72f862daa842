/**
 * Writes a FlatBuffer (https://flatbuffers.dev/internals/), as far as Arrow's metadata needs one: from its end to its
 * front, so that what a table refers to is there before it. A place is counted from the end.
 */
export class FlatBuffer {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  /** How many bytes are written. */
  #size = 0;

  /** Writes a text; gives its place. */
  text(text: string): number {
    const utf8 = Buffer.from(text);
    this.#align(4, utf8.length + 1);
    this.#grow(1); // the zero behind it
    const at = this.#grow(utf8.length);
    this.#bytes.set(utf8, at);
    this.#int32(utf8.length);
    return this.#size;
  }

  /** Writes a list of what stands at the places; gives its place. */
  list(places: readonly number[]): number {
    this.#align(4, places.length * 4);
    for (let index = places.length - 1; index >= 0; index--) this.#reference(places[index] as number);
    this.#int32(places.length);
    return this.#size;
  }

  /** Writes a list of structs that are 64-bit integers side by side, so many a struct; gives its place. */
  longs(values: readonly number[], perStruct: number): number {
    this.#align(8, values.length * 8);
    for (let index = values.length - 1; index >= 0; index--) {
      const at = this.#grow(8); // first: it may put another view in the place of this one
      this.#view.setBigInt64(at, BigInt(values[index] as number), true);
    }
    this.#int32(values.length / perStruct);
    return this.#size;
  }

  /** Writes a table, its fields by their ids; gives its place. */
  table(fields: readonly Field[]): number {
    const places = new Map<number, number>();
    // The widest first and the first nearest to the end: each is aligned with no gaps but one.
    const byWidth = [...fields].sort((a, b) => WIDTHS[b.type] - WIDTHS[a.type]);
    const end = this.#size;
    for (const { id, type, value } of byWidth) {
      this.#align(WIDTHS[type], 0);
      if (type === "place") this.#reference(value);
      else {
        const at = this.#grow(WIDTHS[type]);
        if (type === "byte") this.#view.setUint8(at, value);
        else if (type === "short") this.#view.setInt16(at, value, true);
        else if (type === "int") this.#view.setInt32(at, value, true);
        else this.#view.setBigInt64(at, BigInt(value), true);
      }
      places.set(id, this.#size);
    }
    this.#align(4, 0);
    const start = this.#size + 4;
    const ids = Math.max(-1, ...places.keys()) + 1;
    // The table begins with the distance back to the list of where its fields stand, which is written right before it.
    const vtable = 4 + ids * 2;
    this.#int32(vtable);
    for (let id = ids - 1; id >= 0; id--) {
      const place = places.get(id);
      this.#int16(place === undefined ? 0 : start - place);
    }
    this.#int16(start - end);
    this.#int16(vtable);
    return start;
  }

  /** Ends with what the buffer is about; gives its bytes, a multiple of 8. */
  finish(root: number): Uint8Array {
    this.#align(8, 4);
    this.#reference(root);
    return this.#bytes.subarray(this.#bytes.length - this.#size);
  }

  #reference(place: number): void {
    this.#int32(this.#size + 4 - place);
  }

  #int32(value: number): void {
    const at = this.#grow(4);
    this.#view.setInt32(at, value, true);
  }

  #int16(value: number): void {
    const at = this.#grow(2);
    this.#view.setInt16(at, value, true);
  }

  /** Writes zeros until, so many bytes on, the place is a multiple of `to`. */
  #align(to: number, ahead: number): void {
    this.#grow((to - ((this.#size + ahead) % to)) % to);
  }

  /** Makes room for so many bytes in front; gives where it begins. */
  #grow(bytes: number): number {
    this.#size += bytes;
    if (this.#size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#size, this.#bytes.length) * 2);
      larger.set(this.#bytes, larger.length - this.#bytes.length);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return this.#bytes.length - this.#size;
  }
}

const WIDTHS = { byte: 1, short: 2, int: 4, place: 4, long: 8 } as const;

/** A table's field. `place` refers to what was written before, by its place. */
export interface Field {
  readonly id: number;
  readonly type: keyof typeof WIDTHS;
  readonly value: number;
}
