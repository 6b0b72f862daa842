import type { Sink } from "./sink.ts";

const FULL = 64 * 1024;

/** Gathers small texts, so that they go out in few pieces. */
export class TextBuffer {
  readonly #sink: Sink;
  #text = "";

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Adds text; waits only when enough has been gathered. */
  add(text: string): Promise<void> | undefined {
    this.#text += text;
    return this.#text.length < FULL ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = "";
    if (text !== "") await this.#sink.write(text);
  }
}
