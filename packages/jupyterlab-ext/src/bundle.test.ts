// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";

const STATIC = join(import.meta.dirname, "../jupyterlab_lazyruns/labextension/static");

/** A file that was built. */
interface Chunk {
  readonly name: string;
  readonly text: string;
  readonly gzipped: number;
}

let chunks: readonly Chunk[];
let entry: Chunk;

beforeAll(() => {
  if (!existsSync(STATIC)) throw new Error("The extension isn't built: run its build first.");
  chunks = readdirSync(STATIC)
    .filter((name) => name.endsWith(".js"))
    .map((name) => {
      const bytes = readFileSync(join(STATIC, name));
      return { name, text: bytes.toString(), gzipped: gzipSync(bytes).length };
    });
  entry = chunks.find(({ name }) => name.startsWith("remoteEntry.")) as Chunk;
});

/** Drawing of the chart library, and nothing else, names its parts so. */
function isChartLibrary({ text }: Chunk): boolean {
  return ["u-hz", "u-cursor-x", "u-select"].every((part) => text.includes(part));
}

/** The numbers of the chunks that are loaded when the extension is. */
function initialChunks(): string[] {
  const exposed = /"\.\/(?:index|extension)":?[^{}]*?(?:Promise\.all\(\[([^\]]*)\]\)|\.e\([^)]*\))/.exec(
    entry.text,
  );
  return [...(exposed?.[0] ?? "").matchAll(/\.e\("?(\w+)"?\)/g)].map(([, id]) => id as string);
}

test("our own code takes less than 150 KB", () => {
  const own = chunks.filter((chunk) => chunk !== entry && !isChartLibrary(chunk));
  const sum = own.reduce((bytes, { gzipped }) => bytes + gzipped, 0);
  expect(own.length).toBeGreaterThan(0);
  expect(sum).toBeGreaterThan(1000);
  expect(sum).toBeLessThan(150 * 1024);
});

test("the chart library is a chunk of its own, which loads only when a chart is shown", () => {
  const libraries = chunks.filter(isChartLibrary);
  const initial = initialChunks();
  expect(libraries).toHaveLength(1);
  expect(initial.length).toBeGreaterThan(0);
  for (const id of initial) expect(chunks.some(({ name }) => name.startsWith(`${id}.`))).toBe(true);
  expect(initial).not.toContain(libraries[0]?.name.split(".")[0]);
});

test("there is one entry, no map of sources, and no path of who built it", () => {
  expect(chunks.filter(({ name }) => name.startsWith("remoteEntry."))).toHaveLength(1);
  expect(readdirSync(STATIC).filter((name) => name.endsWith(".map"))).toEqual([]);
  for (const { text } of chunks) {
    expect(text).not.toMatch(/\/\/# sourceMappingURL=\S+\.map/);
    expect(text).not.toContain(join(import.meta.dirname, "../../.."));
  }
});
