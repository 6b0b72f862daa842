import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { checkWhole } from "../arguments.ts";
import { type ErrorDetails, ProtocolError } from "../errors.ts";
import { isGzip, readBody } from "./body.ts";
import type { Call, CallOptions } from "./call.ts";
import { doing } from "./details.ts";
import type { Incoming, Line } from "./line.ts";
import { OpenDownload } from "./open-download.ts";
import { refusal } from "./refusal.ts";
import type { Attempt } from "./retry.ts";

/** How a file is fetched. */
export interface DownloadOptions extends CallOptions {
  /** What the file is for, for the errors it may end in. */
  readonly details?: ErrorDetails | undefined;
  /** Only the bytes from `start` to before `end` (absent: to the file's end). A server may send the whole all the same: `status` is 206 when it didn't. */
  readonly range?: { readonly start: number; readonly end?: number | undefined } | undefined;
}

/** A file on its way. Read it, or `cancel()` it: until then it keeps a socket. */
export interface Download {
  /** The HTTP status: 200, or 206 for a range. */
  readonly status: number;
  /** The headers, by name in small letters. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as they arrive, once. Throws NetworkError or TimeoutError when they break off, or the signal's reason. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads what is left of the body. */
  bytes(): Promise<Uint8Array>;
  /** Ends the transfer at once. Who waits for bytes of it gets an `AbortError`. */
  cancel(): Promise<void>;
}

/** How many redirections are followed. */
const MOST_REDIRECTS = 5;

/**
 * One try to fetch a file, up to its first bytes. The key is sent to the base URL's origin only, and never again once
 * a redirection has led elsewhere.
 */
export async function downloadOnce(
  line: Line,
  call: Call,
  start: URL,
  authorization: string,
  range: DownloadOptions["range"],
): Promise<Attempt<Download>> {
  const home = new URL(line.address).origin;
  let url = start;
  let withKey = true;
  for (let redirects = 0; ; redirects++) {
    withKey &&= url.origin === home;
    const headers = {
      "accept-encoding": "identity",
      "user-agent": "lazyruns",
      ...(withKey && { authorization }),
      ...(range && { range: `bytes=${range.start}-${range.end === undefined ? "" : range.end - 1}` }),
    };
    const attempt = await line.send(call, { url, method: "GET", headers }, begin);
    if ("retry" in attempt) return attempt;
    const { incoming, chunks, refused } = attempt.value;
    const { status, header } = incoming;
    const address = line.addressOf(url);
    if (chunks !== undefined) return { value: new OpenDownload(line, call, incoming, address, chunks) };
    const location = header("location");
    if (status < 300 || status >= 400 || location === undefined) {
      const { redactor } = line;
      return refusal({ address, status, header, body: refused, withKey, details: call.details, redactor });
    }
    if (redirects >= MOST_REDIRECTS) {
      throw new ProtocolError(
        `${address} redirects more than ${MOST_REDIRECTS} times, ${doing(call.details)}.`,
        { ...call.details, status },
      );
    }
    url = follow(url, location, call.details);
  }
}

/** The pieces of a file, of which the first has arrived. */
export interface Chunks {
  readonly first: IteratorResult<Uint8Array>;
  readonly rest: AsyncIterator<Uint8Array>;
}

type Begun =
  | { readonly incoming: Incoming; readonly chunks: Chunks; readonly refused?: undefined }
  | { readonly incoming: Incoming; readonly chunks?: undefined; readonly refused: Uint8Array };

/** Waits for the first bytes of a file; of a refusal, reads all. */
async function begin(incoming: Incoming): Promise<Begun> {
  const { status, header, body } = incoming;
  const encoding = header("content-encoding");
  if (status !== 200 && status !== 206) {
    return { incoming, refused: (await readBody(body, encoding)).bytes };
  }
  const plain = isGzip(encoding) && status === 200 ? unzipped(body) : body;
  const rest = plain[Symbol.asyncIterator]();
  return { incoming, chunks: { first: await rest.next(), rest } };
}

/** @throws InvalidArgumentError for a range that is none. */
export function checkRange(range: DownloadOptions["range"]): void {
  if (range === undefined) return;
  checkWhole("range.start", range.start, 0);
  checkWhole("range.end", range.end, range.start + 1);
}

function unzipped(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const plain = createGunzip();
  pipeline(body, plain, () => undefined); // an error comes out where it is read
  return plain;
}

function follow(from: URL, location: string, details: ErrorDetails): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (
    to === undefined ||
    !/^https?:$/.test(to.protocol) ||
    (from.protocol === "https:" && to.protocol === "http:")
  ) {
    throw new ProtocolError(
      `${from.origin} redirects to ${to === undefined ? "what is no URL" : to.origin}, ${doing(details)}: that is not followed from ${from.protocol}//.`,
      details,
    );
  }
  return to;
}
