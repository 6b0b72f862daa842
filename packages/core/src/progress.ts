declare global {
  // Both stand in Node's types; declared here too, so that core's declarations also compile without them and with
  // a TypeScript that is older than `Symbol.asyncDispose`.
  interface AbortSignal {
    readonly aborted: boolean;
  }
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}

/** How far long work has come. */
export interface Progress {
  readonly done: number;
  /** How many there will be; grows when more are found than were counted. */
  readonly total: number;
  /** What is counted: runs, or of a scan of one run its rows. */
  readonly unit: "runs" | "rows";
}

/** What every call that waits takes. */
export interface WaitOptions {
  /** Ends the wait at once; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What every call that may take long takes. */
export interface WorkOptions extends WaitOptions {
  /** Told whenever more is done. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
