import type { Line } from "./sink.ts";

/** What lines are there, the newest last. A terminal shows one at a time, in its last row. */
const lines = new Map<Line, string>();

const CLEAR_TO_END = "\u001b[K";

/** A line on stderr, where that is a terminal. */
export function terminalLine(): Line | undefined {
  if (!process.stderr.isTTY) return undefined;
  const line: Line = {
    draw: (text) => {
      lines.set(line, text);
      redraw();
    },
    end: (text) => {
      lines.delete(line);
      process.stderr.write(`\r${oneRow(text)}${CLEAR_TO_END}\n`);
      redraw();
    },
  };
  return line;
}

function redraw(): void {
  const newest = [...lines.values()].at(-1);
  if (newest !== undefined) process.stderr.write(`\r${oneRow(newest)}${CLEAR_TO_END}`);
}

/** Cut to the terminal's width: a line that wraps can't be drawn over. Control characters would move what is drawn. */
function oneRow(text: string): string {
  const width = (process.stderr.columns || 80) - 1;
  const plain = text.replace(/\p{Cc}/gu, " ");
  return plain.length <= width ? plain : `${plain.slice(0, width - 1)}…`;
}
