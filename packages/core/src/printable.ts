/** Who shows values in this process, such as a notebook's package in its kernel. */
export interface Shower {
  /** How a value prints, by what `util.inspect` passes; undefined: by its text. */
  inspect(value: object, depth: number, options: { readonly depth?: number | null }): string | undefined;
  /** What a kernel shows of a value: MIME types and their data; undefined: its text. */
  display(value: object): unknown;
  /** Told of each error that is made. */
  made?(error: Error): void;
}

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const DISPLAY = Symbol.for("Jupyter.display");
const SHOWER = Symbol.for("lazyruns.shower");

/**
 * Has the values of a class print as one text, in place of their fields, unless somebody in this process shows them in
 * a richer way: who does is kept under `Symbol.for("lazyruns.shower")`, so that the values of every copy of this library
 * find it. `Symbol.for("Jupyter.display")` is what Deno's kernel asks a value for
 * (https://docs.deno.com/runtime/reference/cli/jupyter/).
 */
export function printAs<T extends object>(prototype: T, text: (value: T) => string): void {
  Object.defineProperty(prototype, INSPECT, {
    value(this: T, depth: number, options: { readonly depth?: number | null }) {
      return shower()?.inspect(this, depth, options) ?? text(this);
    },
    configurable: true,
    writable: true,
  });
  Object.defineProperty(prototype, DISPLAY, {
    value(this: T) {
      return shower()?.display(this) ?? { "text/plain": text(this) };
    },
    configurable: true,
    writable: true,
  });
}

/** Has the errors of a class print as Node prints errors, unless somebody in this process shows them in another way. */
export function printAsError(prototype: object): void {
  Object.defineProperty(prototype, INSPECT, {
    value(this: object, depth: number, options: { readonly depth?: number | null }) {
      return shower()?.inspect(this, depth, options) ?? this; // itself: Node goes on as if this weren't here
    },
    configurable: true,
    writable: true,
  });
}

/** Tells whoever shows values in this process of an error: what its `stack` says is read where no `inspect` is asked. */
export function tellMade(error: Error): void {
  shower()?.made?.(error);
}

function shower(): Shower | undefined {
  return (globalThis as { [SHOWER]?: Shower })[SHOWER];
}
