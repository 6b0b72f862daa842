import { QueryError } from "../query/query-error.ts";

const MOST_CHARACTERS = 128;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const CONTROL = /[\0-\x1f\x7f\p{Surrogate}]/u;

/**
 * Refuses a name that W&B's own client doesn't take either: it stands in addresses, and one that is cut off, or read
 * as two, is another's.
 *
 * @param what - whose name, said in the message: "project"
 * @throws QueryError that names it
 */
export function checkName(what: "entity" | "project" | "run", name: string): void {
  const forbidden = what === "project" ? "/\\#?%:" : what === "run" ? ":;,#?/'" : "/";
  const isFine =
    name.trim() !== "" &&
    name.length <= MOST_CHARACTERS &&
    !CONTROL.test(name) &&
    ![...forbidden].some((character) => name.includes(character));
  if (isFine) return;
  const shown = JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
  throw new QueryError(
    `${shown} can't be the name of ${what === "entity" ? "an" : "a"} ${what}: it needs 1 to ${MOST_CHARACTERS} characters, none of them ${[...forbidden].join(" ")} or a control character`,
  );
}

/**
 * Refuses the name of a file that would lead a client that downloads it out of its folder, or nowhere.
 *
 * @throws QueryError that names it
 */
export function checkFileName(name: string): void {
  const parts = name.split(/[\\/]/);
  const leadsOut =
    parts.some((part) => part === "" || part === "." || part === "..") || /^[A-Za-z]:[\\/]/.test(name);
  if (!leadsOut && !/[\0\p{Surrogate}]/u.test(name)) return;
  throw new QueryError(
    `${JSON.stringify(name)} can't be the name of a run's file: it must be a path inside the run's folder, such as "media/a.png"`,
  );
}
