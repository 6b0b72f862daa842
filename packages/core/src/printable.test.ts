import { inspect } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { LazyrunsError } from "./errors.ts";
import { printAs, type Shower } from "./printable.ts";

const shared = globalThis as { [key: symbol]: Shower | undefined };
const SHOWER = Symbol.for("lazyruns.shower");
const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never;

class Box {
  declare [DISPLAY]: () => unknown;
  readonly content: string;

  constructor(content: string) {
    this.content = content;
  }

  static {
    printAs(Box.prototype, ({ content }) => `Box of ${content}`);
  }
}

afterEach(() => delete shared[SHOWER]);

test("a value prints as its text, alone and inside others, and is shown as it", () => {
  expect(inspect(new Box("tea"))).toBe("Box of tea");
  expect(inspect([new Box("tea")])).toBe("[ Box of tea ]");
  expect(new Box("tea")[DISPLAY]()).toEqual({ "text/plain": "Box of tea" });
  expect(Object.keys(new Box("tea"))).toEqual(["content"]);
});

test("who shows values in this process has the word, and may leave it", () => {
  const shower = { inspect: vi.fn(() => "drawn"), display: vi.fn(() => ({ "text/html": "<b>tea</b>" })) };
  shared[SHOWER] = shower;
  const box = new Box("tea");
  expect(inspect(box, { depth: 5 })).toBe("drawn");
  expect(shower.inspect).toHaveBeenCalledWith(box, 5, expect.objectContaining({ depth: 5 }));
  expect(box[DISPLAY]()).toEqual({ "text/html": "<b>tea</b>" });

  shared[SHOWER] = { inspect: () => undefined, display: () => undefined };
  expect(inspect(box)).toBe("Box of tea");
  expect(box[DISPLAY]()).toEqual({ "text/plain": "Box of tea" });
});

test("an error prints as errors do, unless somebody shows it", () => {
  const error = new LazyrunsError("it is broken", { run: "abc" });
  expect(inspect(error)).toContain(`${error.stack}`);
  expect(inspect(error)).toContain("run: 'abc'");
  const made = vi.fn();
  shared[SHOWER] = { inspect: (value) => (value as Error).message, display: () => undefined, made };
  expect(inspect(error)).toBe("it is broken");
  expect(made).not.toHaveBeenCalled();
  const other = new LazyrunsError("so is this");
  expect(made).toHaveBeenCalledExactlyOnceWith(other);
});
