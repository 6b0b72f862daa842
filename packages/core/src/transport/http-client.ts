import type { ErrorDetails } from "../errors.ts";
import type { CallOptions } from "./call.ts";
import type { Credentials } from "./credentials.ts";
import { checkRange, type Download, type DownloadOptions, downloadOnce } from "./download.ts";
import { Line } from "./line.ts";
import type { HttpOptions } from "./options.ts";
import { postOnce, type RawAnswer } from "./post.ts";

/**
 * Sends reads to one W&B server. Every read is idempotent, so it is tried again after a broken connection, a time-out,
 * and the statuses 408, 429 and 500 and above. undici is loaded by the first request.
 */
export class HttpClient {
  readonly #line: Line;
  readonly #baseUrl: string;
  readonly #authorization: string;

  constructor(credentials: Credentials, options: HttpOptions = {}) {
    this.#line = new Line(credentials, options);
    this.#baseUrl = credentials.baseUrl;
    this.#authorization = `Basic ${Buffer.from(`api:${credentials.apiKey}`).toString("base64")}`;
  }

  /** Posts a JSON body, and gives what `read` makes of the answer. */
  post<T>(
    path: string,
    body: string,
    details: ErrorDetails,
    options: CallOptions,
    read: (answer: RawAnswer) => T | Promise<T>,
  ): Promise<T> {
    const headers = {
      authorization: this.#authorization,
      "content-type": "application/json",
      "accept-encoding": "gzip",
      accept: "application/json",
      "user-agent": "lazyruns",
    };
    const outgoing = { url: new URL(`${this.#baseUrl}${path}`), method: "POST", headers, body } as const;
    return this.#line.call(details, options, (call) => postOnce(this.#line, call, outgoing, read));
  }

  /** Fetches a file; a relative URL is one of the base URL's. */
  async download(url: URL, { details = {}, range, ...options }: DownloadOptions): Promise<Download> {
    checkRange(range);
    return this.#line.call(details, options, (call) =>
      downloadOnce(this.#line, call, url, this.#authorization, range),
    );
  }

  /** Closes once what is under way has ended and the files that were begun are read or cancelled. */
  retire(): Promise<void> {
    return this.#line.retire();
  }

  /** Closes every socket once what is under way has ended. */
  close(): Promise<void> {
    return this.#line.close();
  }
}
