/** Takes an API key out of text that comes from elsewhere: a server may repeat what it was sent. */
export class Redactor {
  readonly #secrets: readonly string[];

  constructor(apiKey: string) {
    this.#secrets = [apiKey, Buffer.from(`api:${apiKey}`).toString("base64"), encodeURIComponent(apiKey)];
  }

  clean(text: string): string {
    return this.#secrets.reduce((clean, secret) => clean.replaceAll(secret, "[API key]"), text);
  }
}
