import type { Sink } from "../output/sink.ts";

/** A sink that keeps what it was given. */
export class MemorySink implements Sink {
  readonly isTerminal: boolean;
  readonly isColored = false;
  readonly columns: number | undefined;
  text = "";
  writes = 0;

  constructor(columns?: number) {
    this.columns = columns;
    this.isTerminal = columns !== undefined;
  }

  async write(data: string | Uint8Array): Promise<void> {
    this.text += data;
    this.writes++;
  }

  async close(): Promise<void> {}

  async abort(): Promise<void> {}
}
