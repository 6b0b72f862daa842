import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Finding } from "./check.ts";

const LIBRARIES = { polars: ["nodejs-polars", "toPolars"], danfo: ["danfojs-node", "toDanfo"] } as const;
const PATIENCE = 60_000;

/** Makes an empty frame, in a process of its own: a native part that doesn't fit may end it. */
const PROGRAM = `
const [core, frames, make] = process.argv.slice(1);
const { HistoryTable } = await import(core);
const made = await import(frames);
try {
  await made[make](HistoryTable.fromColumns([], []));
  process.stderr.write("lazyruns-loads\\n");
} catch (error) {
  process.stderr.write("lazyruns-said " + JSON.stringify({ name: error.name, message: error.message }) + "\\n");
}
`;

/** Whether a library of data frames loads. Each is optional. */
export async function checkFrames(library: keyof typeof LIBRARIES): Promise<Finding> {
  const [name, make] = LIBRARIES[library];
  const args = [import.meta.resolve("@lazyruns/core"), import.meta.resolve("@lazyruns/dataframes"), make];
  const { stderr, failure } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", PROGRAM, ...args],
    { timeout: PATIENCE },
  ).then(
    ({ stderr }) => ({ stderr, failure: undefined }),
    (error: { stderr?: string; message: string; signal?: string }) => ({
      stderr: error.stderr ?? "",
      failure: error,
    }),
  );
  if (stderr.includes("lazyruns-loads")) return { level: "ok", message: `${name} loads` };
  const said = /^lazyruns-said (.*)$/m.exec(stderr)?.[1];
  if (said === undefined) {
    const end = failure?.signal
      ? `ended by ${failure.signal}`
      : `failed: ${stderr.trim().split("\n").at(-1) ?? ""}`;
    return {
      level: "warning",
      message: `${name} doesn't load: a program that loads it ${end}`,
      advice: `Install ${name} anew, for this Node and this machine. Only format: "${library}" needs it.`,
    };
  }
  const { message } = JSON.parse(said) as { message: string };
  const [what = message, advice] = message.split(/ This is Node [\d.]+\. /);
  return {
    level: "warning",
    message: /is not found from/.test(what) ? `${name} is not installed` : what,
    advice: `Only format: "${library}" needs it.${advice === undefined ? "" : ` ${advice}`}`,
  };
}
