import { Trouble } from "./run.mjs";

/** @throws Trouble on a Node that is too old, before anything that needs a newer one fails in a way nobody understands. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Trouble(
    `Node ${process.versions.node} is too old: 20.19 or newer is needed. Get it from https://nodejs.org/en/download.`,
  );
}
