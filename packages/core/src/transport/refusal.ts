import {
  AuthenticationError,
  type ErrorDetails,
  NotFoundError,
  PermissionError,
  ProtocolError,
  RateLimitError,
  ServerError,
} from "../errors.ts";
import { afterTries, doing } from "./details.ts";
import { askedWait, type HeaderOf, retryAfter } from "./headers.ts";
import type { Redactor } from "./redactor.ts";
import type { Attempt } from "./retry.ts";
import { saysTooMuch } from "./too-much.ts";

/** An answer whose status isn't one of success. */
interface Refused {
  readonly address: string;
  readonly status: number;
  readonly header: HeaderOf;
  readonly body: Uint8Array;
  /** Whether the key was sent along. */
  readonly withKey: boolean;
  readonly details: ErrorDetails;
  readonly redactor: Redactor;
}

/** Of an error's body, no more is read than this. */
const MOST_BODY = 100_000;

/** What a refusal means: a final one is thrown, one that may pass is given. */
export function refusal({
  address,
  status,
  header,
  body,
  withKey,
  redactor,
  ...rest
}: Refused): Attempt<never> {
  const details = { ...rest.details, status };
  const again = afterTries(details);
  const said = redactor.clean(serverMessage(new TextDecoder().decode(body.subarray(0, MOST_BODY))));
  const quote = said === "" ? "" : `: ${said}`;
  switch (status) {
    case 401:
      throw new AuthenticationError(
        withKey
          ? `${address} does not accept the API key, ${doing(details)}${quote}. Check that the key belongs to this server.`
          : `${address} wants to know who asks, ${doing(details)}${quote}. It isn't sent the API key, which is for the base URL only.`,
        details,
      );
    case 403:
      throw new PermissionError(
        withKey
          ? `The API key may not do this, ${doing(details)}${quote}.`
          : `${address} refuses the link it was given, ${doing(details)}${quote}. Such links expire: ask for a new one.`,
        details,
      );
    case 404:
      throw new NotFoundError(`Not found at ${address}, ${doing(details)}${quote}.`, details);
    case 429: {
      const wait = askedWait(header);
      const error = (note: string) =>
        new RateLimitError(
          `${address} limits the rate of requests${again}, ${doing(details)}${quote}. Wait, or ask for less.${note}`,
          { ...details, retryAfter: wait },
        );
      return { retry: { error, waitAtLeast: wait, forAll: true } };
    }
  }
  if (status < 400) {
    throw new ProtocolError(
      `${address} answered with a redirection (HTTP ${status}), ${doing(details)}. The key is not sent along: ` +
        `set the base URL to the address it leads to${locationOrigin(header("location"))}.`,
      details,
    );
  }
  const error = (note: string) =>
    new ServerError(`${address} answered HTTP ${status}${again}, ${doing(details)}${quote}.${note}`, {
      ...details,
      tooMuch: status === 413 || saysTooMuch(said),
    });
  if (status < 500 && status !== 408) throw error("");
  const wait = retryAfter(header);
  return { retry: { error, waitAtLeast: wait, forAll: wait !== undefined } };
}

/** W&B answers `{"errors": [{"message"}]}` or `{"error"}`; of a page of a proxy, nothing is repeated. */
function serverMessage(text: string): string {
  try {
    const answer = JSON.parse(text) as { error?: unknown; errors?: { message?: unknown }[] };
    const messages = answer.errors?.map((error) => error.message) ?? [answer.error];
    return messages
      .filter((message) => typeof message === "string")
      .join("; ")
      .slice(0, 500);
  } catch {
    return "";
  }
}

function locationOrigin(location: string | undefined): string {
  try {
    return location === undefined ? "" : ` (${new URL(location).origin})`;
  } catch {
    return "";
  }
}
