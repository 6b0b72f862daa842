import { expect, test } from "vitest";
import { freeName, NO_CELLS, plainCode } from "./cell-names.ts";

const cells = (...above: string[]) => ({ above, below: [] });

test("a name that nothing uses is taken as it is", () => {
  expect(freeName("runs", NO_CELLS, "typescript")).toBe("runs");
  expect(freeName("runs", cells("api.runs('x')", "lazyruns.show(my_runs)"), "typescript")).toBe("runs");
  expect(freeName("runs", cells('// runs\n"runs"; /* runs */'), "typescript")).toBe("runs");
  expect(freeName("runs", cells("# runs\n'runs'"), "python")).toBe("runs");
});

test("a name that a cell uses, above or below, is taken with the next number", () => {
  expect(freeName("runs", cells("const runs = 1"), "typescript")).toBe("runs2");
  expect(freeName("runs", { above: ["const { runs } = a"], below: ["let runs2"] }, "typescript")).toBe(
    "runs3",
  );
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template in a cell
  expect(freeName("runs", cells("`${runs}`"), "typescript")).toBe("runs2");
});

test("what looks like a comment inside a text is none, and cells of another language don't count", () => {
  expect(plainCode(['const a = "http://b"; // c'], "typescript")).toBe('const a = "http://b";  ');
  expect(plainCode(["a = '#b' # c"], "python")).toBe("a = '#b'  ");
  expect(plainCode(["%%writefile train.py\nimport wandb"], "python")).toBe("");
});
