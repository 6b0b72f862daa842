import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { abortable } from "../async/abort.ts";
import { ConfigurationError, type ErrorDetails, LazyrunsError, RateLimitError } from "../errors.ts";
import { Call, type CallOptions } from "./call.ts";
import { CONNECTIONS } from "./connections.ts";
import type { Credentials } from "./credentials.ts";
import { doing } from "./details.ts";
import { borrowDispatcher, type Loan } from "./dispatchers.ts";
import { failure } from "./failure.ts";
import { Gate } from "./gate.ts";
import { type HeaderOf, headersOf } from "./headers.ts";
import { checkCallOptions, type HttpOptions } from "./options.ts";
import { Redactor } from "./redactor.ts";
import { type Attempt, tooLong, withRetries } from "./retry.ts";
import { RetryBudget } from "./retry-budget.ts";

/** The longest wait for a connection, in milliseconds. */
const LONGEST_CONNECT = 10_000;

/** One request. */
export interface Outgoing {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer's head, and its body that is still to be read. */
export interface Incoming {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly header: HeaderOf;
  readonly body: Readable;
  /** Milliseconds from sending to the arrival of the head. */
  readonly headersMs: number;
}

/** What outlives its call and is to be ended before the line is closed. */
export interface Lasting {
  /** Ends it if nobody waits for it. */
  settle(): void;
  readonly ended: Promise<void>;
}

/** The line to one server, and to where its files lie; and what its requests share: places, pace, the retry budget, sockets. */
export class Line {
  readonly address: string;
  readonly redactor: Redactor;
  readonly #options: HttpOptions;
  readonly #timeout: number;
  /** One for each origin: what one limits is no matter of the others. */
  readonly #gates = new Map<string, Gate>();
  readonly #budget = new RetryBudget();
  readonly #loans = new Map<string, Promise<Loan>>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #lasting = new Set<Lasting>();
  #closing: Promise<void> | undefined;

  constructor({ baseUrl, apiKey }: Credentials, options: HttpOptions) {
    this.address = baseUrl;
    this.redactor = new Redactor(apiKey);
    this.#options = options;
    this.#timeout = options.timeout ?? 60_000;
  }

  /** Makes attempts until one gives a value, by the rules of the options. The call is the attempts' to end. */
  async call<T>(
    details: ErrorDetails,
    options: CallOptions,
    attempt: (call: Call) => Promise<Attempt<T>>,
  ): Promise<T> {
    if (this.#closing !== undefined) {
      throw new ConfigurationError("This Api is closed; make a new one to read on.", details);
    }
    checkCallOptions(options);
    options.signal?.throwIfAborted();
    const call = new Call(this.address, details, {
      timeout: options.timeout ?? this.#timeout,
      deadline: options.deadline ?? this.#options.deadline ?? 600_000,
      signal: options.signal,
    });
    const endRetries = this.#budget.begin();
    const tryOnce = (tries: number) => {
      call.tries = tries;
      return attempt(call);
    };
    const result = withRetries(tryOnce, {
      maxRetries: options.maxRetries ?? this.#options.maxRetries ?? 5,
      retryDelay: this.#options.retryDelay ?? 250,
      signal: call.signal,
      endsAt: call.endsAt,
      budget: this.#budget,
      holdAll: (wait) => this.#gate(call.origin).pacer.hold(wait),
      onFailure: options.onFailure,
    });
    this.#underWay.add(result);
    try {
      return await result;
    } catch (error) {
      call.end();
      throw error;
    } finally {
      call.endDeadline();
      endRetries();
      this.#underWay.delete(result);
    }
  }

  /**
   * One request, sent when there is a place and its time has come; `take` reads the answer. Where none came that holds
   * together, gives whether to try again.
   */
  async send<T>(
    call: Call,
    outgoing: Outgoing,
    take: (incoming: Incoming) => Promise<T>,
  ): Promise<Attempt<T>> {
    call.origin = outgoing.url.origin;
    const leave = await this.#gate(call.origin).enter({
      signal: call.signal,
      tooLong: (wait) =>
        performance.now() + wait > call.endsAt
          ? waitsTooLong(this.addressOf(outgoing.url), call, wait)
          : undefined,
    });
    let header: HeaderOf | undefined;
    const exchange = async (): Promise<T> => {
      const incoming = await this.#exchange(call, outgoing);
      header = incoming.header;
      return take(incoming);
    };
    try {
      return await this.attempt(call, outgoing.url, exchange);
    } finally {
      leave(header);
    }
  }

  /** Does a part of a call that depends on what comes; where that doesn't hold together, gives whether to try again. */
  async attempt<T>(call: Call, url: URL, work: () => Promise<T>): Promise<Attempt<T>> {
    try {
      return { value: await abortable(work(), call.signal) };
    } catch (error) {
      call.signal.throwIfAborted();
      if (error instanceof LazyrunsError) throw error;
      const { details, timeout } = call;
      return failure(error, { address: this.addressOf(url), details, timeout, redactor: this.redactor });
    }
  }

  /** Where a URL leads, as errors name it: files' URLs are signed, and are not repeated. */
  addressOf({ origin }: URL): string {
    return origin === new URL(this.address).origin ? this.address : origin;
  }

  /** Keeps the line open until this has ended. */
  keep(lasting: Lasting): void {
    this.#lasting.add(lasting);
    lasting.ended.then(() => this.#lasting.delete(lasting));
  }

  /** Ends once what is under way has; a second call gives the same. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Closes once nobody needs it: other than `close`, leaves files that nobody reads yet to be read. */
  async retire(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await Promise.all([...this.#lasting].map(({ ended }) => ended));
    return this.close();
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    for (const lasting of this.#lasting) lasting.settle();
    await Promise.all([...this.#lasting].map(({ ended }) => ended));
    const loans = await Promise.allSettled(this.#loans.values());
    await Promise.all(loans.map((loan) => (loan.status === "fulfilled" ? loan.value.release() : undefined)));
  }

  async #exchange(call: Call, { url, method, headers, body }: Outgoing): Promise<Incoming> {
    const { request } = await import("undici");
    const dispatcher = await this.#dispatcher(url);
    const sent = performance.now();
    const answer = await request(url, {
      dispatcher,
      method,
      headers: { ...headers },
      ...(body !== undefined && { body }),
      headersTimeout: call.timeout,
      bodyTimeout: call.timeout,
      signal: call.signal,
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      header: headersOf(answer.headers),
      body: answer.body,
      headersMs: performance.now() - sent,
    };
  }

  async #dispatcher({ origin }: URL): Promise<Dispatcher> {
    if (this.#options.dispatcher !== undefined) return this.#options.dispatcher as unknown as Dispatcher;
    let loan = this.#loans.get(origin);
    if (loan === undefined) {
      loan = borrowDispatcher(new URL(origin), Math.min(this.#timeout, LONGEST_CONNECT));
      this.#loans.set(origin, loan);
    }
    return (await loan).dispatcher;
  }

  #gate(origin: string): Gate {
    const gate = this.#gates.get(origin) ?? new Gate(CONNECTIONS);
    this.#gates.set(origin, gate);
    return gate;
  }
}

/** The server has said to wait, to this request or to another, for longer than the call may last. */
function waitsTooLong(address: string, { details, tries }: Call, wait: number): RateLimitError {
  return new RateLimitError(`${address} limits the rate of requests, ${doing(details)}.${tooLong(wait)}`, {
    ...details,
    tries: Math.max(0, tries - 1),
    retryAfter: wait,
  });
}
