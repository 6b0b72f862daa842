import type { WriteStream } from "node:tty";

/**
 * Whether a stream gets colour: a terminal does, unless `NO_COLOR` (https://no-color.org) is set or it is a dumb one.
 * `FORCE_COLOR`, other than 0, gives colour to anything, and goes first, as in Node itself.
 */
export function wantsColor(stream: Pick<WriteStream, "isTTY"> | undefined, env = process.env): boolean {
  const force = env.FORCE_COLOR;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (env.NO_COLOR) return false;
  return Boolean(stream?.isTTY) && env.TERM !== "dumb";
}
