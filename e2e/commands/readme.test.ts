import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { API_KEY } from "../support/python.ts";
import { testServer } from "../support/server.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test("the README's example, as it stands there, reads the demo's runs", async () => {
  const readme = await readFile(here("../../README.md"), "utf8");
  const example = /^```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? "";
  const { server } = await testServer({ imports: [here("../../apps/demo-notebooks/training/runs")] });
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", example], {
    cwd: here(".."),
    env: { ...process.env, WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY },
  });
  const lines = stdout.trim().split("\n");
  const count = Number(/^(\d+) runs match$/.exec(lines[0] ?? "")?.[1]);
  expect(count).toBeGreaterThan(5);
  expect(lines).toHaveLength(1 + count + 2);
  // What its comments say is printed: numbers are cut short there.
  const said = [...example.matchAll(/\); \/\/ (\{.*\})$/gm)].map(([, text = ""]) => text);
  expect(said).toHaveLength(2);
  for (const [index, text] of said.entries()) {
    const pattern = text.replace(/[{}]/g, "\\$&").replaceAll("...", "\\d*").replaceAll('"', `['"]`);
    expect(lines[1 + count + index]).toMatch(new RegExp(`^${pattern}$`));
  }
});
