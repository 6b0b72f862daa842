import { afterEach, describe, expect, test, vi } from "vitest";

const NAMES = ["0", "__proto__", "a b", 'q"\\', "toString", "\u2028", "a]: alert(1), [b"];
const COLUMNS = NAMES.map((_, place) => Array.from({ length: 20 }, (_, row) => place * 100 + row));
const EXPECTED = COLUMNS[0]?.map((_, row) =>
  Object.fromEntries([["run_id", "r"], ...NAMES.map((name, place) => [name, place * 100 + row])]),
);

async function rows(names: readonly string[], columns: readonly number[][]): Promise<object[]> {
  const { rowMaker } = await import("./row-maker.ts");
  const made: object[] = [];
  rowMaker(names, 20)("r", columns, 0, 20, made as never);
  return made;
}

describe("rowMaker", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  test("takes any name for a name", async () => {
    expect(await rows(NAMES, COLUMNS)).toStrictEqual(EXPECTED);
  });

  test("gives the same where code can't be made from text", async () => {
    vi.resetModules();
    const refuse = vi.fn(function refuse() {
      throw new EvalError("Code generation from strings disallowed for this context");
    });
    vi.stubGlobal("Function", refuse);
    expect(await rows(NAMES, COLUMNS)).toStrictEqual(EXPECTED);
    expect(await rows(NAMES, COLUMNS)).toStrictEqual(EXPECTED);
    expect(refuse).toHaveBeenCalledTimes(1);
  });

  test("takes more names than an object literal is good for", async () => {
    const names = Array.from({ length: 300 }, (_, place) => `m${place}`);
    const columns = names.map((_, place) => Array.from({ length: 20 }, () => place));
    const [first] = await rows(names, columns);
    expect(first).toEqual(
      Object.fromEntries([["run_id", "r"], ...names.map((name, place) => [name, place])]),
    );
  });

  test("makes rows of more shapes than it keeps makers for", async () => {
    for (let shape = 0; shape < 200; shape++) {
      const [first] = await rows([`m${shape}`], [Array.from({ length: 20 }, () => shape)]);
      expect(first).toEqual({ run_id: "r", [`m${shape}`]: shape });
    }
  });
});
