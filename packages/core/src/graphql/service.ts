import { parse, stringify } from "@lazyruns/json";
import { show } from "../arguments.ts";
import { type ErrorDetails, InvalidArgumentError, ProtocolError } from "../errors.ts";
import type { CallOptions } from "../transport/call.ts";
import {
  type Credentials,
  type CredentialsFound,
  checkKey,
  findCredentials,
} from "../transport/credentials.ts";
import { doing } from "../transport/details.ts";
import type { Download, DownloadOptions } from "../transport/download.ts";
import { HttpClient } from "../transport/http-client.ts";
import { letGo } from "../transport/let-go.ts";
import { checkHttpOptions, type HttpOptions } from "../transport/options.ts";
import { markPassing } from "../transport/passing.ts";
import type { RawAnswer } from "../transport/post.ts";
import { Redactor } from "../transport/redactor.ts";
import { graphqlError } from "./refusal.ts";

const DECODER = new TextDecoder();

/** What is done for a connection that nobody holds any more. */
const forgotten = new FinalizationRegistry<() => unknown>((retire) => retire());

/** What a connection is made with. Every field may be left out. */
export interface ServiceOptions extends HttpOptions {
  /** The API key. Default: found as the Python client finds it (`WANDB_API_KEY`, netrc, settings files). */
  apiKey?: string | undefined;
  /** The server's address. Default: `WANDB_BASE_URL`, settings files, then W&B's cloud. */
  baseUrl?: string | undefined;
}

/** One GraphQL request. What it doesn't say of time-outs and retries is as the connection's options have it. */
export interface GraphqlRequest extends CallOptions {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the request is for, for the errors it may end in. */
  readonly details: ErrorDetails;
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
  /** Where the API key and the base URL were found, in words; never the key itself. */
  readonly credentialsFoundIn: CredentialsFound;
  readonly #credentials: Credentials;
  readonly #options: HttpOptions;
  readonly #redactor: Redactor;
  #leastMs = Number.POSITIVE_INFINITY;
  readonly #http: HttpClient;
  /** Held weakly: neither a key nor its connection outlives who uses it. */
  readonly #derived = new Map<string, { readonly service: WeakRef<Service>; readonly http: HttpClient }>();

  constructor(options: ServiceOptions = {}) {
    this.#options = checkHttpOptions(options);
    this.#credentials = findCredentials({ apiKey: options.apiKey, baseUrl: options.baseUrl });
    this.baseUrl = this.#credentials.baseUrl;
    this.credentialsFoundIn = this.#credentials.foundIn;
    this.#redactor = new Redactor(this.#credentials.apiKey);
    this.#http = new HttpClient(this.#credentials, this.#options);
  }

  /**
   * The same server read with another key; it is closed with this one.
   *
   * @internal
   */
  withKey(apiKey: string): Service {
    const key = checkKey(apiKey, "the apiKey option");
    if (key === this.#credentials.apiKey) return this;
    const known = this.#derived.get(key)?.service.deref();
    if (known !== undefined) return known;
    const service = new Service({ ...this.#options, apiKey: key, baseUrl: this.baseUrl });
    const http = service.#http;
    this.#derived.set(key, { service: new WeakRef(service), http });
    const derived = this.#derived;
    const forget = () => derived.get(key)?.http === http && derived.delete(key);
    forgotten.register(service, () => http.retire().then(forget, forget));
    return service;
  }

  /**
   * Sends one GraphQL request and gives what `read` makes of its answer. What `decode` throws in it for a passing
   * reason (a rate limit, an internal error, an answer that breaks off) is tried again, as a refusal by status is.
   *
   * @throws NetworkError, TimeoutError, AuthenticationError, PermissionError, NotFoundError, RateLimitError,
   *   ServerError; ProtocolError for a redirection; ConfigurationError when this is closed; the signal's reason; what
   *   `read` throws.
   * @example
   * const data = await service.read(request, ({ bytes }) => service.decode<Data>(bytes, request.details));
   * @internal
   */
  read<T>(request: GraphqlRequest, read: (answer: RawAnswer) => T | Promise<T>): Promise<T> {
    const { query, variables, details, ...options } = request;
    return this.#http.post("/graphql", stringify({ query, variables }), details, options, read);
  }

  /**
   * Reads the text of an answer and gives its data. Integers beyond 2^53 come as bigints.
   *
   * @throws PermissionError, NotFoundError, RateLimitError or ServerError for GraphQL errors, ProtocolError for what
   *   isn't an answer of GraphQL.
   * @internal
   */
  decode<T>(text: string | Uint8Array, details: ErrorDetails): T {
    const json = typeof text === "string" ? text : DECODER.decode(text);
    let answer: unknown;
    try {
      answer = parse(json);
    } catch (cause) {
      const error = new ProtocolError(
        `${this.baseUrl} answered with something that is not JSON, ${doing(details)}. Is it a W&B server?`,
        { ...details, cause: this.#redactor.cause(cause) },
      );
      throw /^\s*\{/.test(json) ? markPassing(error) : error; // JSON that breaks off may come whole
    }
    if (isObject(answer)) {
      const { data, errors } = answer as { data?: unknown; errors?: unknown };
      if (Array.isArray(errors) && errors.length > 0) {
        throw graphqlError(this.baseUrl, errors, details, (said) => this.#redactor.clean(said));
      }
      if (isObject(data)) return data as T;
    }
    throw new ProtocolError(
      `${this.baseUrl} answered without data, ${doing(details)}. Is it a W&B server?`,
      details,
    );
  }

  /**
   * The least milliseconds that an answer to `execute` took until its head was there: about a round trip. Infinity when
   * there was none.
   *
   * @internal
   */
  get leastMs(): number {
    return this.#leastMs;
  }

  /**
   * Sends one GraphQL request and gives its data: `read` with `decode`, and throws what they throw.
   *
   * @internal
   */
  async execute<T>(request: GraphqlRequest): Promise<GraphqlAnswer<T>> {
    return this.read(request, ({ bytes, tries, headersMs }) => {
      this.#leastMs = Math.min(this.#leastMs, headersMs);
      const text = DECODER.decode(bytes);
      letGo(bytes);
      return { data: this.decode<T>(text, { ...request.details, status: 200, tries }), size: text.length };
    });
  }

  /**
   * Fetches a file: of this server, or by a signed URL that it gave. The API key goes along only to the base URL's
   * origin. Redirections are followed, at most 5, without the key once they lead elsewhere, and never from https to
   * http. It is tried again like any read until the first bytes are there, and so long the deadline holds; afterwards
   * a break throws from `body`. Nothing limits how many are fetched at once.
   *
   * @param url - absolute, or a path of the base URL
   * @throws InvalidArgumentError for what is no URL of http or https; NetworkError, TimeoutError,
   *   AuthenticationError, PermissionError, NotFoundError, RateLimitError, ServerError; ProtocolError for a redirection
   *   that isn't followed; ConfigurationError when this is closed; the signal's reason.
   * @example
   * const file = await service.download(url, { details: { operation: "reading a file" } });
   * for await (const chunk of file.body) process.stdout.write(chunk);
   */
  async download(url: string, options: DownloadOptions = {}): Promise<Download> {
    const base = `${this.baseUrl}/`;
    const address = typeof url === "string" && URL.canParse(url, base) ? new URL(url, base) : undefined;
    if (address === undefined || !/^https?:$/.test(address.protocol)) {
      throw new InvalidArgumentError(
        `url is ${show(url).split("?")[0]}; it must be a URL of http or https, or a path.`,
        options.details,
      );
    }
    return this.#http.download(address, options);
  }

  /** Frees the sockets once what is under way has ended; files that nobody reads are let go. Reading afterwards is an error. */
  async close(): Promise<void> {
    const derived = [...this.#derived.values()].map(({ service, http }) => service.deref() ?? http);
    await Promise.all([this.#http, ...derived].map((one) => one.close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
