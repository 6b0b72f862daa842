import { show } from "../arguments.ts";
import { ProtocolError, RateLimitError } from "../errors.ts";
import { collectBody, isForeign, unpackBody } from "./body.ts";
import type { Call } from "./call.ts";
import { doing } from "./details.ts";
import { askedWait } from "./headers.ts";
import type { Line, Outgoing } from "./line.ts";
import { isPassing } from "./passing.ts";
import { refusal } from "./refusal.ts";
import type { Attempt } from "./retry.ts";

/** An answer whose body nobody has looked at. */
export interface RawAnswer {
  /** The body, unpacked. */
  readonly bytes: Uint8Array;
  /** Milliseconds from sending the try that succeeded to the arrival of its answer's head. */
  readonly headersMs: number;
  /** How many bytes the body had on the wire. */
  readonly wireBytes: number;
  /** How many tries it took. */
  readonly tries: number;
}

/** One try of a request whose answer is read whole. What `read` throws and marks as passing is worth another try. */
export async function postOnce<T>(
  line: Line,
  call: Call,
  outgoing: Outgoing,
  read: (answer: RawAnswer) => T | Promise<T>,
): Promise<Attempt<T>> {
  const sent = await line.send(call, outgoing, async ({ body, ...head }) => ({
    ...head,
    packed: await collectBody(body),
  }));
  if ("retry" in sent) return sent;
  const { status, header, packed, headersMs } = sent.value;
  // Its place is free already: the next request is on its way while this answer is unpacked.
  const unpacked = await line.attempt(call, outgoing.url, () =>
    unpackBody(packed, header("content-encoding")),
  );
  if ("retry" in unpacked) return unpacked;
  const { bytes, wireBytes } = unpacked.value;
  if (status < 200 || status >= 300) {
    const { address, redactor } = line;
    return refusal({ address, status, header, body: bytes, withKey: true, details: call.details, redactor });
  }
  const encoding = header("content-encoding");
  if (isForeign(encoding)) {
    throw new ProtocolError(
      `${line.address} answered in the encoding ${show(line.redactor.clean(encoding))}, ${doing(call.details)}, and ` +
        "only gzip was asked for. Look for a proxy in between that packs answers its own way.",
      { ...call.details, status },
    );
  }
  try {
    const value = await read({ bytes, headersMs, wireBytes, tries: call.tries });
    call.end();
    return { value };
  } catch (error) {
    if (!isPassing(error)) throw error;
    const limited = error instanceof RateLimitError;
    return {
      retry: {
        error: () => error,
        waitAtLeast: limited ? askedWait(header) : undefined,
        forAll: limited,
      },
    };
  }
}
