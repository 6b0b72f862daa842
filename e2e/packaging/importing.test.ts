import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPacked, pack, runNode, temporaryFolder } from "./pack.ts";

const MOST_MS = 60;
const PROCESSES = 7;

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await installPacked(folder, [await pack("core", folder)]);
});
afterAll(() => remove());

const MEASURES: Record<string, (what: string) => string> = {
  "import.mjs": (what) => `const start = performance.now();
    await import(${JSON.stringify(what)});
    console.log(performance.now() - start);`,
  "require.cjs": (what) => `const start = performance.now();
    require(${JSON.stringify(what)});
    console.log(performance.now() - start);`,
};

/** The least time that it took: whatever else the machine does only adds to it. */
const least = (times: readonly number[]) => Math.min(...times);
const shown = (times: readonly number[]) => times.map((ms) => ms.toFixed(1)).join(", ");

test.each(Object.entries(MEASURES))(
  `core by %s takes under ${MOST_MS} ms more than nothing`,
  async (file, code) => {
    await writeFile(path.join(folder, "empty.cjs"), "");
    await writeFile(path.join(folder, file), code("@lazyruns/core"));
    await writeFile(path.join(folder, `empty-${file}`), code("./empty.cjs"));
    const measure = async (name: string) => Number((await runNode([name], folder)).stdout);
    const core: number[] = [];
    const empty: number[] = [];
    // In turn, so that a machine that is busy for a while is busy for both.
    for (let n = 0; n < PROCESSES; n++) {
      empty.push(await measure(`empty-${file}`));
      core.push(await measure(file));
    }
    console.log(`core by ${file}: ${shown(core)} ms; nothing: ${shown(empty)} ms`);
    expect(least(core)).toBeGreaterThan(least(empty));
    expect(least(core) - least(empty)).toBeLessThan(MOST_MS);
  },
);

test("undici is loaded by the first request, not before", async () => {
  // CommonJS files of every package show in require's cache, so the cache says what was loaded.
  const code = `
    const { Api } = require("@lazyruns/core");
    const loaded = () => Object.keys(require.cache).some((file) => /[\\\\/]undici[\\\\/]/.test(file));
    (async () => {
      const api = new Api({ baseUrl: "http://127.0.0.1:9", apiKey: "k".repeat(40) });
      const runs = api.runs("team/project");
      const before = loaded();
      await runs.count({ signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      console.log(JSON.stringify({ before, after: loaded() }));
      await api.close();
    })();`;
  await writeFile(path.join(folder, "lazy.cjs"), code);
  const { stdout, stderr } = await runNode(["lazy.cjs"], folder);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({ before: false, after: true });
});
