import { printAsError, tellMade } from "./printable.ts";

/** What an error of this library knows about the work that failed. Every field is absent where it doesn't apply. */
export interface ErrorDetails {
  /** What was being done, such as `"listing runs"`. */
  operation?: string | undefined;
  /** The user or team whose project was read. */
  entity?: string | undefined;
  /** The project that was read. */
  project?: string | undefined;
  /** The run's id. */
  run?: string | undefined;
  /** The HTTP status of the last answer. */
  status?: number | undefined;
  /** How many times the request was sent. */
  tries?: number | undefined;
  /** The error underneath. */
  cause?: unknown;
  /** Of work on many runs: what did arrive. */
  partial?: unknown;
  /** Of work on many runs: the ids of those that didn't arrive. */
  missing?: readonly string[] | undefined;
}

const BRAND: unique symbol = Symbol.for("lazyruns.error") as never;

/**
 * The base of every error this library throws.
 *
 * `instanceof` works across copies of the library in one process (its ESM and its CommonJS build, say): an error
 * is recognised by a brand under `Symbol.for("lazyruns.error")`. No error carries the API key.
 *
 * @example
 * try {
 *   await api.runs("team/projcet").toArray();
 * } catch (error) {
 *   if (error instanceof NotFoundError) console.error(error.message, error.project);
 *   else throw error;
 * }
 */
export class LazyrunsError extends Error {
  static {
    printAsError(LazyrunsError.prototype);
  }

  override readonly name: string = "LazyrunsError";
  /** What was being done. */
  readonly operation: string | undefined;
  /** The user or team whose project was read. */
  readonly entity: string | undefined;
  /** The project that was read. */
  readonly project: string | undefined;
  /** The run's id. */
  readonly run: string | undefined;
  /** The HTTP status of the last answer. */
  readonly status: number | undefined;
  /** How many times the request was sent. */
  readonly tries: number | undefined;
  /** When work on many runs failed for some: what did arrive. Not enumerable, so that printing the error stays short. */
  declare readonly partial?: unknown;
  /** When work on many runs failed for some: the ids of those that are missing. */
  declare readonly missing?: readonly string[];

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.operation = details.operation;
    this.entity = details.entity;
    this.project = details.project;
    this.run = details.run;
    this.status = details.status;
    this.tries = details.tries;
    if (details.partial !== undefined) Object.defineProperty(this, "partial", { value: details.partial });
    if (details.missing !== undefined) this.missing = details.missing;
    Object.defineProperty(this, BRAND, { value: lineage(new.target) });
    tellMade(this);
  }

  /** Recognises an error of another copy of this library by its brand. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    if (typeof value !== "object" || value === null || !(BRAND in value)) return false;
    const kinds = value[BRAND];
    return Array.isArray(kinds) && kinds.includes(this.name);
  }
}

/** No API key, an unusable one, or a base URL that isn't one. */
export class ConfigurationError extends LazyrunsError {
  override readonly name = "ConfigurationError";
}

/** An argument that can't be right. Thrown before anything is sent, but for a filter that only the server can judge. */
export class InvalidArgumentError extends LazyrunsError {
  override readonly name = "InvalidArgumentError";
}

/** The server doesn't know the API key (HTTP 401). */
export class AuthenticationError extends LazyrunsError {
  override readonly name = "AuthenticationError";
}

/** The server knows the key, and it may not read this (HTTP 403). */
export class PermissionError extends LazyrunsError {
  override readonly name = "PermissionError";
}

/** There is no such project or run, or the key may not know of it. `project` and `run` say which. */
export class NotFoundError extends LazyrunsError {
  override readonly name = "NotFoundError";
}

/** The server's rate limit was still reached after every retry (HTTP 429), or it asks to wait longer than there is time. */
export class RateLimitError extends LazyrunsError {
  override readonly name = "RateLimitError";
  /** The wait that the server asked for, in milliseconds; absent when it named none. */
  readonly retryAfter: number | undefined;

  constructor(message: string, details: ErrorDetails & { retryAfter?: number | undefined } = {}) {
    super(message, details);
    this.retryAfter = details.retryAfter;
  }
}

/**
 * The server failed or refused the request: another HTTP status of 400 or more, or GraphQL errors. An answer that
 * has GraphQL errors beside its data counts as failed: what is null in it by failure can't be told from what is empty.
 */
export class ServerError extends LazyrunsError {
  override readonly name = "ServerError";
  /** Whether the server says that it was asked for too much at once. */
  readonly tooMuch: boolean;

  constructor(message: string, details: ErrorDetails & { tooMuch?: boolean | undefined } = {}) {
    super(message, details);
    this.tooMuch = details.tooMuch ?? false;
  }
}

/** The server wasn't reached, or the connection broke. */
export class NetworkError extends LazyrunsError {
  override readonly name = "NetworkError";
}

/** The server took longer than it was given. */
export class TimeoutError extends LazyrunsError {
  override readonly name = "TimeoutError";
  /**
   * What ran out: `"connect"` when no connection came about, `"timeout"` when nothing was heard for that long on one,
   * `"deadline"` when the whole call with its retries took too long.
   */
  readonly limit: "connect" | "timeout" | "deadline" | undefined;

  constructor(
    message: string,
    details: ErrorDetails & { limit?: "connect" | "timeout" | "deadline" | undefined } = {},
  ) {
    super(message, details);
    this.limit = details.limit;
  }
}

/** An answer that makes no sense: not JSON, not a W&B server's, or a listing that runs in a circle. */
export class ProtocolError extends LazyrunsError {
  override readonly name = "ProtocolError";
}

/** The names of a class and of its bases up to `LazyrunsError`. */
function lineage(kind: { readonly name: string }): string[] {
  const names: string[] = [];
  for (let at = kind; at !== Error; at = Object.getPrototypeOf(at)) names.push(at.name);
  return names;
}
