/** Control characters, and those that turn the direction of text: a name must not steer a terminal. */
const UNSEEN = /[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text on one line that a terminal shows as it is; what it would obey instead is written out: `\n`, `\x1b`. */
export function printable(text: string): string {
  return text.replace(UNSEEN, (sign) => SHORT[sign] ?? escaped(sign.charCodeAt(0)));
}

function escaped(code: number): string {
  const hex = code.toString(16);
  return code < 0x100 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`;
}

/** Characters that take two columns of a terminal: those of East Asia, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

const SEGMENTS = new Intl.Segmenter();

/** How many columns of a terminal a text takes. */
export function textWidth(text: string): number {
  // Most text is ASCII, and needs no segmenting.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of SEGMENTS.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}
