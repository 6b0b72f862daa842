import { isoMicroseconds, type Timestamp } from "./timestamp.ts";

interface Line {
  time: Timestamp;
  isError: boolean;
  text: string;
}

interface Screen {
  /** This stream's lines, each an object of the shared list. */
  lines: Line[];
  row: number;
  column: number;
  /** An escape sequence of which the rest comes with the next write. */
  pending: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are steered by control characters.
const TOKEN = /\x1b\[[0-9;?]*[@-~]|\x1b\[[0-9;?]*$|\x1b.?|[\r\n]|[^\r\n\x1b]+/gs;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const UNFINISHED = /^\x1b(\[[0-9;?]*)?$/;

/**
 * Turns what was written to stdout and stderr into the lines that a terminal would show in the end.
 *
 * Carriage returns go back to the line's start, "cursor up", "cursor down" and "erase line" are obeyed, other escape
 * sequences (colours) are dropped. A line's place and time are those of its first character.
 */
export class ConsoleLines {
  readonly #all: Line[] = [];
  readonly #stdout: Screen = { lines: [], row: 0, column: 0, pending: "" };
  readonly #stderr: Screen = { lines: [], row: 0, column: 0, pending: "" };

  write(text: string, time: Timestamp, isError: boolean): void {
    const screen = isError ? this.#stderr : this.#stdout;
    const whole = screen.pending + text;
    screen.pending = "";
    for (const [token] of whole.matchAll(TOKEN)) {
      if (UNFINISHED.test(token)) screen.pending = token;
      else this.#apply(screen, token, time, isError);
    }
  }

  /** The lines as wandb's file stream sends them: a UTC time, the text, `ERROR ` in front for stderr. */
  toLines(): string[] {
    return this.#all.map(
      ({ time, isError, text }) => `${isError ? "ERROR " : ""}${isoMicroseconds(time)} ${text}`,
    );
  }

  #apply(screen: Screen, token: string, time: Timestamp, isError: boolean): void {
    if (token === "\r") screen.column = 0;
    else if (token === "\n") {
      this.#line(screen, time, isError);
      screen.row++;
      screen.column = 0;
    } else if (token.startsWith("\x1b")) obey(screen, token);
    else {
      const line = this.#line(screen, time, isError);
      const before = line.text.slice(0, screen.column).padEnd(screen.column);
      line.text = before + token + line.text.slice(screen.column + token.length);
      screen.column += token.length;
    }
  }

  #line(screen: Screen, time: Timestamp, isError: boolean): Line {
    let line = screen.lines[screen.row];
    while (!line) {
      const added: Line = { time, isError, text: "" };
      this.#all.push(added);
      screen.lines.push(added);
      line = screen.lines[screen.row];
    }
    return line;
  }
}

/** The farthest a "cursor down" goes: a damaged number must not make millions of lines. */
const FARTHEST_DOWN = 100;

function obey(screen: Screen, token: string): void {
  const count = Number.parseInt(token.slice(2), 10) || 1;
  switch (token.at(-1)) {
    case "A":
      screen.row = Math.max(0, screen.row - count);
      break;
    case "B":
      screen.row = Math.min(screen.row + count, screen.lines.length + FARTHEST_DOWN);
      break;
    case "K": {
      const line = screen.lines[screen.row];
      if (line) line.text = token === "\x1b[2K" ? "" : line.text.slice(0, screen.column);
      break;
    }
  }
}
