import { LazyrunsError } from "@lazyruns/core";
import { errorText } from "./error-text.ts";
import { isLastExpression } from "./last-expression.ts";
import { kernel } from "./output.ts";
import { awaitedBundle, showLast } from "./show-last.ts";
import { skipNewline } from "./skip-newline.ts";

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * How values of ours print by `util.inspect`: undefined for their own text, but in tslab's kernel, where the value of a
 * cell shows itself as an output and prints as nothing.
 */
export function inspectInKernel(
  value: object,
  depth: number,
  options: { readonly depth?: number | null },
): string | undefined {
  if (kernel() !== "tslab") return undefined;
  if (value instanceof LazyrunsError) return errorText(value);
  return depth === options.depth ? lastText(() => value) : undefined;
}

/** Shows the value of a cell, and gives what then prints: nothing. Undefined for any other value. */
export function lastText(value: () => object): string | undefined {
  if (!isLastExpression() || !showLast(value())) return undefined;
  skipNewline();
  return "";
}

/** What Deno's kernel shows of a value: a bundle, or the promise of one. Undefined for what is none of ours. */
export function display(value: object): unknown {
  return kernel() === undefined ? undefined : awaitedBundle(value);
}

/** Has the values of a class of this package show themselves; elsewhere they print as a text. */
export function showsItself<T extends object>(prototype: T, text: (value: T) => string): void {
  define(prototype, Symbol.for("nodejs.util.inspect.custom"), function (this: T, depth, options) {
    return inspectInKernel(this, depth, options) ?? text(this);
  });
  define(prototype, DISPLAY, function (this: T) {
    return display(this) ?? { "text/plain": text(this) };
  });
}

// biome-ignore lint/suspicious/noExplicitAny: each symbol's method has its own arguments
function define<T>(prototype: T, name: symbol, method: (this: T, ...args: any[]) => unknown): void {
  Object.defineProperty(prototype, name, { value: method, configurable: true, writable: true });
}
