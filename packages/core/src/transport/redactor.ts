/** Takes an API key out of what comes from elsewhere: a server may repeat what it was sent. */
export class Redactor {
  readonly #secrets: readonly string[];

  constructor(apiKey: string) {
    this.#secrets = [apiKey, Buffer.from(`api:${apiKey}`).toString("base64"), encodeURIComponent(apiKey)];
  }

  clean(text: string): string {
    return this.#secrets.reduce((clean, secret) => clean.replaceAll(secret, "[API key]"), text);
  }

  /**
   * What an error underneath says, as a plain error. The error itself isn't kept: undici's hold sockets, and pieces of
   * what was sent and received.
   */
  cause(error: unknown, depth = 0): unknown {
    if (!(error instanceof Error)) return typeof error === "string" ? this.clean(error) : undefined;
    const plain = new Error(this.clean(error.message));
    plain.name = error.name;
    if (error.stack !== undefined) plain.stack = this.clean(error.stack);
    const code = errorCode(error);
    if (code !== undefined) Object.assign(plain, { code });
    const under = error instanceof AggregateError ? error.errors[0] : error.cause;
    if (under !== undefined && depth < 3) plain.cause = this.cause(under, depth + 1);
    return plain;
  }
}

export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}
