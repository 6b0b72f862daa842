import { RateLimitError } from "../errors.ts";
import { readBody } from "./body.ts";
import type { Call } from "./call.ts";
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
  const attempt = await line.send(call, outgoing, async ({ body, ...head }) => ({
    ...head,
    ...(await readBody(body, head.header("content-encoding"))),
  }));
  if ("retry" in attempt) return attempt;
  const { status, header, bytes, wireBytes, headersMs } = attempt.value;
  if (status < 200 || status >= 300) {
    const { address, redactor } = line;
    return refusal({ address, status, header, body: bytes, withKey: true, details: call.details, redactor });
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
