import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isLive, NOTEBOOKS } from "../../scripts/lib/jupyter.mjs";
import { changedCells, shareable } from "../../scripts/lib/recording.mjs";
import { temporaryFolder, testServer } from "../support/server.ts";
import { outputProblems } from "./check-outputs.ts";
import { runNotebook } from "./run-notebook.ts";

const RUNS = fileURLToPath(new URL("../../apps/demo-notebooks/training/runs", import.meta.url));
const files = readdirSync(NOTEBOOKS).filter((name) => name.endsWith(".ipynb"));

/** A saved notebook stays well under what GitHub shows. */
const MOST_BYTES = 1_000_000;

test("there are notebooks for tslab and for Deno", () => {
  expect(files).toEqual(expect.arrayContaining(["01-first-look.ipynb", "05-deno.ipynb"]));
});

describe.each(files)("%s", (name) => {
  test("shows in its own kernel what it promises, and what was saved is what comes out", async () => {
    const file = join(NOTEBOOKS, name);
    const { server } = await testServer({ imports: [RUNS] });
    const { notebook, text } = await runNotebook(file, server.url, temporaryFolder());
    expect(outputProblems(notebook)).toEqual([]);
    expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);

    const saved = await readFile(file, "utf8");
    const changed = changedCells(saved, shareable(text, server.url), isLive(name));
    expect(changed, "cells that put out something else than was saved: npm run lab:record").toEqual([]);
    expect(shareable(saved, server.url)).toBe(saved);
  });
});
