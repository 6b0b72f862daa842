import type { Dispatcher } from "undici";
import {
  AuthenticationError,
  ConfigurationError,
  type ErrorDetails,
  NetworkError,
  NotFoundError,
  PermissionError,
  ProtocolError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from "../errors.ts";
import type { Credentials } from "./credentials.ts";
import { gunzip } from "./gunzip.ts";
import { Redactor } from "./redactor.ts";
import { type Attempt, askedWait, withRetries } from "./retry.ts";

/** How long and how often to try. */
export interface HttpOptions {
  /** Milliseconds to wait for an answer's head, and between two pieces of its body. Default 60,000. */
  timeout?: number | undefined;
  /** How often a read that failed for a passing reason is sent again. Default 5. */
  maxRetries?: number | undefined;
}

/** The most sockets open to the server at once: the reference's own cap on parallel requests. */
export const CONNECTIONS = 10;

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

/** Sends reads to one W&B server over kept-alive connections. undici is loaded by the first request. */
export class HttpClient {
  readonly #credentials: Credentials;
  readonly #timeout: number;
  readonly #maxRetries: number;
  readonly #redactor: Redactor;
  #connection: Promise<Connection> | undefined;
  #closing: Promise<void> | undefined;

  constructor(credentials: Credentials, options: HttpOptions = {}) {
    this.#credentials = credentials;
    this.#timeout = options.timeout ?? 60_000;
    this.#maxRetries = options.maxRetries ?? 5;
    this.#redactor = new Redactor(credentials.apiKey);
  }

  /**
   * Posts a JSON body and gives the answer. Every read is idempotent, so it is retried on a broken
   * connection, a time-out, and the statuses 408, 429 and 500 and above.
   */
  async post(path: string, body: string, details: ErrorDetails, signal?: AbortSignal): Promise<RawAnswer> {
    if (this.#closing !== undefined) {
      throw new ConfigurationError("This Api is closed; make a new one to read on.", details);
    }
    this.#connection ??= connect(this.#timeout);
    const connection = await this.#connection;
    return withRetries(
      (tries) => this.#attempt(connection, path, body, { ...details, tries }, signal),
      this.#maxRetries,
      signal,
    );
  }

  /** Closes every socket once what is under way has ended. */
  close(): Promise<void> {
    this.#closing ??= Promise.resolve(this.#connection).then((connection) => connection?.dispatcher.close());
    return this.#closing;
  }

  async #attempt(
    { dispatcher, request }: Connection,
    path: string,
    body: string,
    details: ErrorDetails,
    signal: AbortSignal | undefined,
  ): Promise<Attempt<RawAnswer>> {
    let status: number;
    let header: (name: string) => string | undefined;
    let headersMs: number;
    let wireBytes: number;
    let bytes: Uint8Array;
    const sent = performance.now();
    try {
      const answer = await request(`${this.#credentials.baseUrl}${path}`, {
        dispatcher,
        method: "POST",
        headers: {
          authorization: `Basic ${Buffer.from(`api:${this.#credentials.apiKey}`).toString("base64")}`,
          "content-type": "application/json",
          "accept-encoding": "gzip",
          accept: "application/json",
          "user-agent": "lazyruns",
        },
        body,
        ...(signal && { signal }),
      });
      status = answer.statusCode;
      header = (name) => [answer.headers[name]].flat()[0];
      headersMs = performance.now() - sent;
      const packed = new Uint8Array(await answer.body.arrayBuffer());
      wireBytes = packed.length;
      bytes = /^(x-)?gzip$/.test(header("content-encoding") ?? "") ? await gunzip(packed) : packed;
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      return { retry: { error: this.#failure(cause, details) } };
    }
    if (status >= 200 && status < 300) {
      return { value: { bytes, headersMs, wireBytes, tries: details.tries ?? 1 } };
    }
    return this.#refusal(status, header, Buffer.from(bytes).toString(), { ...details, status });
  }

  /** No answer: the connection broke or nothing came in time. */
  #failure(cause: unknown, details: ErrorDetails): Error {
    const { baseUrl } = this.#credentials;
    const code = errorCode(cause);
    const again = tries(details);
    if (
      code === "UND_ERR_HEADERS_TIMEOUT" ||
      code === "UND_ERR_BODY_TIMEOUT" ||
      code === "UND_ERR_CONNECT_TIMEOUT"
    ) {
      return new TimeoutError(
        `${baseUrl} did not answer within ${this.#timeout} ms${again}, ${doing(details)}. Raise the timeout option, or ask for less at once.`,
        { ...details, cause },
      );
    }
    if (code === "Z_DATA_ERROR" || code === "Z_BUF_ERROR") {
      return new NetworkError(
        `The answer of ${baseUrl} broke off or is garbled${again}, ${doing(details)}.`,
        {
          ...details,
          cause,
        },
      );
    }
    return new NetworkError(
      `${baseUrl} can't be reached${again}, ${doing(details)}: ${this.#redactor.clean(reason(cause))}. ` +
        "Check the base URL and that the server is up.",
      { ...details, cause },
    );
  }

  #refusal(
    status: number,
    header: (name: string) => string | undefined,
    text: string,
    details: ErrorDetails,
  ): Attempt<never> {
    const { baseUrl } = this.#credentials;
    const said = this.#redactor.clean(serverMessage(text));
    const quote = said === "" ? "" : `: ${said}`;
    switch (status) {
      case 401:
        throw new AuthenticationError(
          `${baseUrl} does not accept the API key, ${doing(details)}${quote}. Check that the key belongs to this server.`,
          details,
        );
      case 403:
        throw new PermissionError(`The API key may not do this, ${doing(details)}${quote}.`, details);
      case 404:
        throw new NotFoundError(`Not found at ${baseUrl}, ${doing(details)}${quote}.`, details);
      case 429: {
        const error = new RateLimitError(
          `${baseUrl} limits the rate of requests${tries(details)}, ${doing(details)}${quote}. Wait, or ask for less.`,
          details,
        );
        return { retry: { error, waitAtLeast: askedWait(header) } };
      }
    }
    if (status < 400) {
      throw new ProtocolError(
        `${baseUrl} answered with a redirection (HTTP ${status}), ${doing(details)}. The key is not sent along: ` +
          `set the base URL to the address it leads to${locationOrigin(header("location"))}.`,
        details,
      );
    }
    const error = new ServerError(
      `${baseUrl} answered HTTP ${status}${tries(details)}, ${doing(details)}${quote}.`,
      details,
    );
    if (status < 500 && status !== 408) throw error;
    return { retry: { error, waitAtLeast: askedWait(header) } };
  }
}

interface Connection {
  readonly dispatcher: Dispatcher;
  readonly request: typeof import("undici").request;
}

async function connect(timeout: number): Promise<Connection> {
  const { Agent, request } = await import("undici");
  return {
    request,
    dispatcher: new Agent({
      connections: CONNECTIONS,
      headersTimeout: timeout,
      bodyTimeout: timeout,
      connect: { timeout: Math.min(timeout, 10_000) },
    }),
  };
}

/** `", listing runs of team/project"`, as the end of a sentence. */
export function doing({ operation, entity, project, run }: ErrorDetails): string {
  const path = [entity, project, run].filter((part) => part !== undefined).join("/");
  return `${operation ?? "reading"}${path === "" ? "" : ` of ${path}`}`;
}

function tries({ tries }: ErrorDetails): string {
  return tries === undefined || tries === 1 ? "" : ` after ${tries} tries`;
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

function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** undici may leave the message to the error underneath, or (for several addresses) to each of them. */
function reason(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reason).join("; ");
  return error instanceof Error ? error.message || reason(error.cause) : String(error);
}

function locationOrigin(location: string | undefined): string {
  try {
    return location === undefined ? "" : ` (${new URL(location).origin})`;
  } catch {
    return "";
  }
}
