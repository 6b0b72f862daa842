/** How much of a text is drawn at most: no cell is wider. */
const MOST = 400;

/** A text as one line that stays in its cell: ends of lines are shown as signs, what can't be seen or turns text is left out. */
export function printable(text: string): string {
  const short = text.length > MOST ? text.slice(0, MOST) : text;
  return PLAIN.test(short)
    ? short
    : short
        .replace(/\r\n|[\n\r\u2028\u2029]/g, "⏎")
        .replace(/\t/g, " ")
        .replace(HIDDEN, "");
}

const PLAIN = /^[\x20-\x7e]*$/;
// Controls, and marks that turn the direction of text.
const HIDDEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
