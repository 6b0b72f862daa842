import { parse, stringify } from "@lazyruns/json";
import { checkWhole } from "../arguments.ts";
import {
  type ErrorDetails,
  NotFoundError,
  PermissionError,
  ProtocolError,
  RateLimitError,
  ServerError,
} from "../errors.ts";
import { type Credentials, checkKey, findCredentials } from "../transport/credentials.ts";
import { doing, HttpClient, type HttpOptions, type RawAnswer } from "../transport/http-client.ts";
import { Redactor } from "../transport/redactor.ts";

const DECODER = new TextDecoder();

/** What a connection is made with. Every field may be left out. */
export interface ServiceOptions extends HttpOptions {
  /** The API key. Default: found as the Python client finds it (`WANDB_API_KEY`, netrc, settings files). */
  apiKey?: string | undefined;
  /** The server's address. Default: `WANDB_BASE_URL`, settings files, then W&B's cloud. */
  baseUrl?: string | undefined;
}

/** One GraphQL request. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the request is for, for the errors it may end in. */
  readonly details: ErrorDetails;
  readonly signal?: AbortSignal | undefined;
}

/** A parsed answer, and how long its text was in characters. */
export interface GraphqlAnswer<T> {
  readonly data: T;
  readonly size: number;
}

/**
 * A connection to one W&B server: `Api` makes one, and `Runs` can be constructed from one directly.
 *
 * @throws ConfigurationError when no API key is found, or the key or the base URL can't be one.
 * @example
 * const service = new Service({ baseUrl: "http://127.0.0.1:8080", apiKey });
 * const runs = new Runs(service, "team", "project");
 */
export class Service {
  /** The server's address, without a trailing slash. */
  readonly baseUrl: string;
  readonly #credentials: Credentials;
  readonly #options: HttpOptions;
  readonly #redactor: Redactor;
  readonly #http: HttpClient;
  readonly #derived = new Set<Service>();

  constructor(options: ServiceOptions = {}) {
    checkWhole("timeout", options.timeout, 1);
    checkWhole("maxRetries", options.maxRetries, 0);
    this.#options = { timeout: options.timeout, maxRetries: options.maxRetries };
    this.#credentials = findCredentials({ apiKey: options.apiKey, baseUrl: options.baseUrl });
    this.baseUrl = this.#credentials.baseUrl;
    this.#redactor = new Redactor(this.#credentials.apiKey);
    this.#http = new HttpClient(this.#credentials, this.#options);
  }

  /** The same server read with another key; it is closed with this one. */
  withKey(apiKey: string): Service {
    if (checkKey(apiKey, "the apiKey option") === this.#credentials.apiKey) return this;
    const service = new Service({ ...this.#options, apiKey, baseUrl: this.baseUrl });
    this.#derived.add(service);
    return service;
  }

  /**
   * Sends one GraphQL request and gives its answer as bytes that nobody has looked at; `decode` reads them.
   *
   * @throws NetworkError, TimeoutError, AuthenticationError, PermissionError, NotFoundError, RateLimitError or
   *   ServerError.
   */
  fetch({ query, variables, details, signal }: GraphqlRequest): Promise<RawAnswer> {
    return this.#http.post("/graphql", stringify({ query, variables }), details, signal);
  }

  /**
   * Reads the text of an answer and gives its data. Integers beyond 2^53 come as bigints.
   *
   * @throws PermissionError, NotFoundError, RateLimitError or ServerError for GraphQL errors, ProtocolError for what
   *   isn't an answer of GraphQL.
   */
  decode<T>(text: string | Uint8Array, details: ErrorDetails): T {
    let answer: unknown;
    try {
      answer = parse(typeof text === "string" ? text : DECODER.decode(text));
    } catch (cause) {
      throw new ProtocolError(
        `${this.baseUrl} answered with something that is not JSON, ${doing(details)}. Is it a W&B server?`,
        { ...details, cause },
      );
    }
    if (isObject(answer)) {
      const { data, errors } = answer as { data?: unknown; errors?: unknown };
      if (Array.isArray(errors) && errors.length > 0) throw this.#refused(errors, details);
      if (isObject(data)) return data as T;
    }
    throw new ProtocolError(
      `${this.baseUrl} answered without data, ${doing(details)}. Is it a W&B server?`,
      details,
    );
  }

  /** Sends one GraphQL request and gives its data: `fetch`, then `decode`, and throws what they throw. */
  async execute<T>(request: GraphqlRequest): Promise<GraphqlAnswer<T>> {
    const text = DECODER.decode((await this.fetch(request)).bytes);
    return { data: this.decode<T>(text, request.details), size: text.length };
  }

  /** Frees the sockets once what is under way has ended. Reading afterwards is an error. */
  async close(): Promise<void> {
    await Promise.all([this.#http.close(), ...[...this.#derived].map((service) => service.close())]);
  }

  /** GraphQL errors come with status 200; only their message tells them apart. */
  #refused(errors: readonly unknown[], details: ErrorDetails): Error {
    const messages = errors.map((error) =>
      isObject(error) && "message" in error ? String(error.message) : String(error),
    );
    const said = this.#redactor.clean(messages.join("; ")).slice(0, 500);
    const message = `${this.baseUrl} refused the request, ${doing(details)}: ${said}`;
    if (/permission|forbidden|not authorized/i.test(said)) return new PermissionError(message, details);
    if (/not found|could not find|does not exist/i.test(said)) return new NotFoundError(message, details);
    if (/rate limit/i.test(said)) return new RateLimitError(message, details);
    return new ServerError(message, details);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
