import { ConfigurationError, type ErrorDetails, NetworkError, ServerError, TimeoutError } from "../errors.ts";
import { afterTries, doing, duration } from "./details.ts";
import { LARGEST_ANSWER } from "./gunzip.ts";
import { errorCode, type Redactor } from "./redactor.ts";
import type { Attempt } from "./retry.ts";

/** What a request without an answer was about. */
interface Failed {
  /** The server's address. */
  readonly address: string;
  readonly details: ErrorDetails;
  readonly timeout: number;
  readonly redactor: Redactor;
}

/** What no further try would change: the certificate of the server, or what was asked of undici. */
const FINAL = /^(ERR_TLS_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|UND_ERR_INVALID_ARG)/;

/** Where no answer came, or none that holds together: may it pass, and what is it? */
export function failure(error: unknown, { address, details, timeout, redactor }: Failed): Attempt<never> {
  const code = errorCode(error) ?? "";
  const known = { ...details, cause: redactor.cause(error) };
  const again = `${afterTries(details)}, ${doing(details)}`;
  switch (code) {
    case "UND_ERR_CONNECT_TIMEOUT":
      return retry(
        (note) =>
          new TimeoutError(
            `${address} could not be connected to in time${again}. Check the base URL and that the server is up.${note}`,
            { ...known, limit: "connect" },
          ),
      );
    case "UND_ERR_HEADERS_TIMEOUT":
    case "UND_ERR_BODY_TIMEOUT":
      return retry(
        (note) =>
          new TimeoutError(
            `${address} did not answer within ${timeout} ms${again}. Raise the timeout option, or ask for less at once.${note}`,
            { ...known, limit: "timeout" },
          ),
      );
    case "Z_DATA_ERROR":
    case "Z_BUF_ERROR":
      return retry(
        (note) => new NetworkError(`The answer of ${address} broke off or is garbled${again}.${note}`, known),
      );
    case "ERR_BUFFER_TOO_LARGE":
      throw new ServerError(
        `The answer of ${address} is larger than ${Math.floor(LARGEST_ANSWER / 2 ** 20)} MiB${again}. Ask for less at once.`,
        { ...known, tooMuch: true },
      );
    case "UND_ERR_CLOSED":
    case "UND_ERR_DESTROYED":
      throw new ConfigurationError(
        `The dispatcher is closed, ${doing(details)}. Give the dispatcher option one that is open.`,
        known,
      );
  }
  const network = (note: string) =>
    new NetworkError(
      `${address} can't be reached${again}: ${redactor.clean(reason(error))}. ` +
        `Check the base URL and that the server is up.${note}`,
      known,
    );
  if (FINAL.test(code)) throw network("");
  return retry(network);
}

/** The whole call has taken longer than it may. */
export function pastDeadline(address: string, deadline: number, details: ErrorDetails): TimeoutError {
  return new TimeoutError(
    `${address} has not answered within the deadline of ${duration(deadline)}, ${doing(details)}. ` +
      "Raise the deadline option, or ask for less at once.",
    { ...details, limit: "deadline" },
  );
}

function retry(error: (note: string) => Error): Attempt<never> {
  return { retry: { error } };
}

/** undici may leave the message to the error underneath, or (for several addresses) to each of them. */
function reason(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reason).join("; ");
  return error instanceof Error ? error.message || reason(error.cause) : String(error);
}
