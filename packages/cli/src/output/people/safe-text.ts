/**
 * What a terminal would act on or not show: control characters (escape codes begin with one), signs that turn the
 * direction of text, invisible ones but for the joiner of emoji, line separators, halves of surrogate pairs.
 */
export const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\u200d)\p{Cf}/gu;

const SHORT: { readonly [character: string]: string } = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Text as it may be shown on a terminal: names of runs and of metrics are whatever somebody wrote. What a terminal would
 * act on is shown as an escape, such as `\x1b`.
 *
 * @example
 * safeText("\u001b[31mred"); // "\\x1b[31mred"
 */
export function safeText(text: string): string {
  return text.replace(UNSAFE, (character) => SHORT[character] ?? escaped(character.codePointAt(0) as number));
}

function escaped(code: number): string {
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}
