import { show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";

/**
 * Refuses what JavaScript's or Python's regular expressions have and RE2's, which are the server's, have not, and
 * what is broken anyhow. It judges only what is sure: an expression that passes may still be refused by the server.
 * Source: https://github.com/google/re2/wiki/Syntax.
 *
 * @throws InvalidArgumentError saying what isn't allowed.
 */
export function checkRegex(pattern: string, at: string): string {
  const flaw = flawOf(pattern);
  if (flaw === undefined) return pattern;
  throw new InvalidArgumentError(
    `${at} is ${show(pattern)}: ${flaw}. The server's regular expressions have RE2's syntax: ` +
      "https://github.com/google/re2/wiki/Syntax.",
  );
}

/**
 * The text of a RegExp as RE2 writes it: its flags `i`, `m` and `s` go in front, `g`, `d` and `u` change nothing here.
 *
 * @throws InvalidArgumentError for the flags `y` and `v`, which RE2 has nothing for.
 */
export function regexText(pattern: RegExp, at: string): string {
  if (/[yv]/.test(pattern.flags)) {
    throw new InvalidArgumentError(`${at} has the flags ${pattern.flags}; the server knows only i, m and s.`);
  }
  const flags = pattern.flags.replace(/[^ims]/g, "");
  return flags === "" ? pattern.source : `(?${flags})${pattern.source}`;
}

const TOKEN = new RegExp(
  [
    /(?<quoted>\\Q.*?(?:\\E|$))/,
    /(?<escaped>\\(?:[1-7][0-7]|.|$))/,
    /(?<set>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*(?<closed>\])?)/,
    /(?<flags>\(\?[imsU]*(?:-[imsU]+)?\))/,
    /(?<group>\((?:\?(?:P?<[^>=!][^>]*>|[imsU]*(?:-[imsU]+)?:))?)/,
    /(?<repeat>(?:[*+?]|\{(?<least>0|[1-9]\d*)(?:,(?<most>|0|[1-9]\d*))?\})\??)/,
    /(?<other>.)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gs",
);
const KNOWN_ESCAPE = /^\\(?:[^A-Za-z0-9]|[0-7][0-7]|[0aftnrvdDsSwWbBAzCpPQEx])/;
const MOST_REPEATS = 1000;

/** What makes an expression unfit for RE2, in words; `undefined` when nothing is found. */
function flawOf(pattern: string): string | undefined {
  let open = 0;
  // What a quantifier would repeat; after quoted text and flags it isn't sure.
  let before: "nothing" | "an atom" | "a repeat" | "unsure" = "nothing";
  for (const { index, groups = {} } of pattern.matchAll(TOKEN)) {
    const { quoted, escaped, set, closed, flags, group, repeat, other } = groups;
    // Here a [ may end a range or begin a class such as [:alpha:]: where the set ends isn't sure.
    if (set?.includes("-[")) return undefined;
    const flaw =
      (escaped && escapeFlaw(escaped)) ||
      (set && closed === undefined && "a [ has no ]") ||
      (group === "(" && pattern[index + 1] === "?" && groupFlaw(pattern.slice(index, index + 4))) ||
      (other === ")" && open === 0 && "a ) has no (") ||
      (repeat && before === "nothing" && `${repeat} has nothing to repeat`) ||
      (repeat &&
        before === "a repeat" &&
        `${repeat} stands after a quantifier, and RE2 knows no possessive ones`) ||
      (repeat && boundsFlaw(groups));
    if (flaw) return flaw;
    if (group !== undefined) open++;
    if (other === ")") open--;
    if (quoted !== undefined || flags !== undefined) before = "unsure";
    else if (repeat !== undefined) before = "a repeat";
    else before = group !== undefined || other === "|" ? "nothing" : "an atom";
  }
  return open > 0 ? "a ( has no )" : undefined;
}

function escapeFlaw(escaped: string): string | undefined {
  if (escaped === "\\") return "it ends in a backslash";
  if (KNOWN_ESCAPE.test(escaped)) return undefined;
  return /^\\[1-9k]/.test(escaped) ? "RE2 knows no backreferences" : `RE2 knows no ${escaped}`;
}

function groupFlaw(start: string): string {
  if (/^\(\?<?[=!]/.test(start)) return "RE2 knows no lookaheads and lookbehinds";
  if (start === "(?P=") return "RE2 knows no backreferences";
  return `RE2 knows no group that begins with ${start.slice(0, 3)}`;
}

function boundsFlaw({ repeat, least, most }: Record<string, string | undefined>): string | undefined {
  const [from, to] = [Number(least ?? 0), Number(most || least || 0)];
  if (Math.max(from, to) > MOST_REPEATS) return `${repeat} repeats more than ${MOST_REPEATS} times`;
  return to < from ? `${repeat} has its bounds the wrong way round` : undefined;
}
