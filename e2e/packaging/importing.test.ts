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

const MEASURES = {
  "import.mjs": `const start = performance.now();
    await import("@lazyruns/core");
    console.log(performance.now() - start);`,
  "require.cjs": `const start = performance.now();
    require("@lazyruns/core");
    console.log(performance.now() - start);`,
};

test.each(Object.entries(MEASURES))(`core by %s takes under ${MOST_MS} ms`, async (file, code) => {
  await writeFile(path.join(folder, file), code);
  const times: number[] = [];
  for (let n = 0; n < PROCESSES; n++) times.push(Number((await runNode([file], folder)).stdout));
  times.sort((a, b) => a - b);
  const median = times[Math.floor(PROCESSES / 2)];
  console.log(`core by ${file}: ${times.map((ms) => ms.toFixed(1)).join(", ")} ms`);
  expect(median).toBeLessThan(MOST_MS);
});

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
