/** Lines of a console, put together from the pieces that a process wrote. */
export class ConsoleLines {
  readonly #lines: string[] = [];
  readonly #open = new Map<boolean, { text: string; time: string }>();

  /** Takes a piece of one of the two streams. */
  write(piece: string, isError: boolean, time: string): void {
    let { text, time: since } = this.#open.get(isError) ?? { text: "", time };
    const parts = (text + piece).split("\n");
    text = parts.pop() ?? "";
    for (const part of parts) {
      this.#push(part, isError, since);
      since = time;
    }
    this.#open.set(isError, { text, time: text === "" ? time : since });
  }

  /** All lines, as the client sends them: `[ERROR ]timestamp text`. */
  end(): string[] {
    for (const [isError, { text, time }] of this.#open) if (text !== "") this.#push(text, isError, time);
    this.#open.clear();
    return this.#lines;
  }

  #push(text: string, isError: boolean, time: string): void {
    this.#lines.push(`${isError ? "ERROR " : ""}${time} ${overwritten(text)}`);
  }
}

/** What is seen of a line in which a progress bar went back to the beginning with carriage returns. */
function overwritten(line: string): string {
  let seen = "";
  for (const part of line.replace(/\r+$/, "").split("\r")) seen = part + seen.slice(part.length);
  return seen;
}
