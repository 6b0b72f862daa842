/** What a check found. */
export interface Finding {
  readonly level: "ok" | "warning" | "problem";
  /** What is as it should be, or isn't. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** A finding and what was looked at. */
export interface Check extends Finding {
  readonly name: string;
}

/** What a check that failed itself found. */
export function failed(error: unknown): Finding {
  return { level: "problem", message: error instanceof Error ? error.message : String(error) };
}
