import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/server.ts";
import { countTypes, everyTypeCell } from "./every-type.ts";
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

const SEEN = `
// @ts-expect-error runs have no such member
value_Api?.noSuchMember;
const api = new lazyruns.Api({ baseUrl: "http://127.0.0.1:1", apiKey: "k".repeat(40) });
const runs = api.runs("local/digits");
// @ts-expect-error a run is asked for by a number
runs.at("first").catch(() => undefined);
console.log("compiled");`;

test("a cell may hold a value of every public type and of each of its members, and their types are seen", async () => {
  expect(countTypes()).toBeGreaterThan(80);
  const {
    notebook: { cells },
  } = await runCells([everyTypeCell(), SEEN]);
  expect(cells[0]?.outputs).toEqual([]);
  expect(cells[1]?.outputs).toEqual([{ output_type: "stream", name: "stdout", text: ["compiled\n"] }]);
});

test("a cell that is wrong about a type fails", async () => {
  const wrong =
    'import * as lazyruns from "@lazyruns/notebook"; const state: number = (null as lazyruns.Run)?.state;';
  await expect(runCells([wrong])).rejects.toThrow(/Type 'string' is not assignable to type 'number'/);
});
