import { type Display, kernel, newDisplay } from "../kernel/output.ts";
import { terminalLine } from "./terminal.ts";

/** A line of text that is drawn again and again, and ends. */
export interface Line {
  draw(text: string): void;
  end(text: string): void;
}

/** A new line where this process shows text: an output of the cell, or the terminal. Undefined where nobody watches. */
export function newLine(): Line | undefined {
  return kernel() === undefined ? terminalLine() : displayLine();
}

function displayLine(): Line {
  let display: Display | undefined;
  const draw = (text: string) => {
    const bundle = { "text/plain": text };
    if (display === undefined) display = newDisplay(bundle);
    else display.update(bundle);
  };
  return { draw, end: draw };
}
