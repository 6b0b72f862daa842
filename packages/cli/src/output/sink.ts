/** Where a command's data goes. */
export interface Sink {
  /** Whether people look at it as it comes. */
  readonly isTerminal: boolean;
  readonly isColored: boolean;
  /** The terminal's columns; undefined where it is none. */
  readonly columns: number | undefined;
  /** Takes text or bytes; resolves when more may follow, so that a slow reader slows the work down. */
  write(data: string | Uint8Array): Promise<void>;
  /** All is there: a file takes its name now. */
  close(): Promise<void>;
  /** The work failed: nothing is left of a file. Never rejects. */
  abort(): Promise<void>;
}

/** Whoever read the output has stopped reading, as `head` does: no failure. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}
