import { accessSync, constants, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What Spark's scripts and its workers call. */
const CALLED = [
  "bash",
  "env",
  "dirname",
  "basename",
  "uname",
  "ps",
  "cat",
  "rm",
  "mkdir",
  "chmod",
  "sh",
  "nice",
];

/** Makes a folder a `PATH` with what Spark calls, and no Java. */
export function linkProgramsWithoutJava(folder: string): void {
  const places = (process.env.PATH ?? "").split(delimiter);
  for (const name of CALLED) {
    const found = places.map((place) => join(place, name)).find(isProgram);
    if (found !== undefined) symlinkSync(found, join(folder, name));
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
