/** What of `Deno.jupyter` is used (https://docs.deno.com/api/deno/~/Deno.jupyter). */
interface DenoJupyter {
  /** A promise, or nothing, by Deno's version. */
  broadcast(type: string, content: object): unknown;
}

/** Deno's kernel; undefined elsewhere. */
export function denoJupyter(): DenoJupyter | undefined {
  const { Deno } = globalThis as { Deno?: { readonly jupyter?: DenoJupyter } };
  try {
    return Deno?.jupyter;
  } catch {
    return undefined; // Deno, and no kernel: there it throws
  }
}
