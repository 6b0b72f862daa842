import { expect, test } from "vitest";
import { freeName, NO_CELLS, outerCode, plainCode } from "./cell-names.ts";

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

test("what looks like a comment inside a text is none", () => {
  expect(plainCode(['const a = "http://b"; // c'], "typescript")).toBe('const a = "http://b";  ');
  expect(plainCode(["a = '#b' # c"], "python")).toBe("a = '#b'  ");
});

test("a name counts in every cell, whatever runs it", () => {
  for (const magic of ["%%time", "%%timeit -n 1", "%%capture out", "%%bash"])
    expect(freeName("runs", cells(`${magic}\nruns = expensive()`), "python")).toBe("runs2");
});

test("what cells make for others isn't in texts, blocks or cells that keep it to themselves", () => {
  expect(outerCode(["%%time\nimport wandb"], "python")).toContain("import wandb");
  for (const magic of ["%%writefile train.py", "%%timeit", "%%bash"])
    expect(outerCode([`${magic}\nimport wandb`], "python")).toBe("");
  expect(outerCode(['a = """\nimport wandb\n"""', "b = 'import wandb'"], "python")).not.toContain("wandb");
  const nested = 'function f() { if (x) { const api = 1; } }\nconst b = `const api = 2`; import a from "m";';
  expect(outerCode([nested], "typescript", "m")).toBe('function f()  \nconst b = ""; import a from "m";');
});
