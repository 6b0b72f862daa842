import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/server.ts";
import { countTypes, everyTypeCell } from "./every-type.ts";
import { textOf } from "./notebook-file.ts";
import { runNotebook } from "./run-notebook.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** Runs cells in tslab, none of which reads from a server. */
async function runCells(cells: readonly string[]) {
  const scratch = temporaryFolder();
  const file = join(scratch, "cells.ipynb");
  writeFileSync(
    file,
    JSON.stringify({
      cells: cells.map((source, id) => ({
        ...{ cell_type: "code", execution_count: null, id: `cell-${id}`, metadata: {}, outputs: [] },
        source,
      })),
      metadata: { kernelspec: { name: "tslab", display_name: "tslab", language: "typescript" } },
      ...{ nbformat: 4, nbformat_minor: 5 },
    }),
  );
  return runNotebook(file, "http://127.0.0.1:1", scratch, HERE);
}

test("a cell may hold a value of every public type and of each of its members", async () => {
  expect(countTypes()).toBeGreaterThan(80);
  const { cells } = await runCells([everyTypeCell(), 'console.log("compiled");']);
  expect(cells[0]?.outputs).toEqual([]);
  expect(cells[1]?.outputs?.map((output) => "text" in output && textOf(output.text))).toEqual(["compiled\n"]);
});

test("types are seen, and a cell that is wrong about them fails", async () => {
  const right = `
    import * as lazyruns from "@lazyruns/notebook";
    const runs = new lazyruns.Api({ baseUrl: "http://127.0.0.1:1", apiKey: "k".repeat(40) }).runs("a/b");
    // @ts-expect-error runs have no such member
    runs.noSuchMember;
    // @ts-expect-error a page is asked for by a number
    runs.at("first").catch(() => undefined);`;
  await runCells([right]);
  const wrong = "const state: number = (null as lazyruns.Run)?.state;";
  await expect(runCells([right, wrong])).rejects.toThrow(/Type 'string' is not assignable to type 'number'/);
});
