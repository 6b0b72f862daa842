/** What became of an output's JSON: what it holds and what is to be said of it, or why it can't be drawn. */
export type Parsed<T> =
  | { readonly ok: true; readonly data: T; readonly notes: readonly string[] }
  | {
      readonly ok: false;
      /** A sentence for people. */
      readonly reason: string;
    };
