import { Api, TimeoutError, type Viewer } from "@lazyruns/core";
import type { Context } from "../context.ts";
import { failureOf } from "../failure.ts";
import { type ConnectionOptions, connect } from "../options/connection.ts";
import type { Check } from "./check.ts";
import { adviceFor } from "./unreachable.ts";

/** Long enough for a slow server, and short enough to wait for, in seconds. */
const PATIENCE = 10;
/** A round trip that takes longer is told of, in milliseconds. */
const SLOW = 1_000;

/** The server's address, the key, whether the one is there and takes the other, and whose it is. */
export async function checkConnection(options: ConnectionOptions, context: Context): Promise<Check[]> {
  const { timeout = PATIENCE, ...server } = options;
  let api: Api;
  try {
    api = await connect({ ...server, maxRetries: 0 }); // what is wrong now is told of, not what more tries come to
  } catch (error) {
    return notConfigured(error, options, context);
  }
  try {
    const { apiKey, baseUrl } = api.service.credentialsFoundIn;
    const from = baseUrl === "the baseUrl option" ? "--base-url" : baseUrl;
    return [
      { name: "server", level: "ok", message: `${api.baseUrl} (from ${from})` },
      { name: "API key", level: "ok", message: `found in ${apiKey}` },
      ...(await checkViewer(api, timeout, context)),
    ];
  } finally {
    await api.close();
  }
}

async function notConfigured(error: unknown, options: ConnectionOptions, context: Context): Promise<Check[]> {
  const { message = "" } = failureOf(error);
  const { operation } = error as { operation?: unknown };
  if (operation !== "finding the API key") {
    return [{ name: "server", level: "problem", message, advice: "Set WANDB_BASE_URL or --base-url." }];
  }
  const advice = "Run `wandb login`, or set WANDB_API_KEY.";
  return [
    ...(await checkWithoutKey(options, context)),
    { name: "API key", level: "problem", message, advice },
  ];
}

/** The server's address, and whether it is reached, by a key that is nobody's. */
async function checkWithoutKey({ baseUrl, timeout = PATIENCE }: ConnectionOptions, context: Context) {
  const api = new Api({ baseUrl, apiKey: "0".repeat(40), maxRetries: 0 });
  try {
    const server: Check = { name: "server", level: "ok", message: api.baseUrl };
    const [reachable] = await checkViewer(api, timeout, context);
    return reachable === undefined ? [server] : [server, reachable];
  } finally {
    await api.close();
  }
}

async function checkViewer(api: Api, patience: number, context: Context): Promise<Check[]> {
  try {
    const started = performance.now();
    const viewer = await ask(api, patience, context);
    const between = performance.now();
    await ask(api, patience, context); // the first time a connection is made, too
    return [reached(between - started, performance.now() - between), accepted(viewer), entity(viewer)];
  } catch (error) {
    context.signal.throwIfAborted();
    return refused(error, api.baseUrl);
  }
}

/** Without the patience of a library: what doesn't answer now is told of. */
async function ask(api: Api, patience: number, context: Context): Promise<Viewer> {
  const late = AbortSignal.timeout(Math.ceil(patience * 1000));
  try {
    return await api.viewer({ signal: AbortSignal.any([context.signal, late]) });
  } catch (error) {
    if (!late.aborted || context.signal.aborted) throw error;
    throw new TimeoutError(`${api.baseUrl} doesn't answer within ${patience} s`, { cause: error });
  }
}

function reached(first: number, second: number): Check {
  const message = `answers in ${Math.round(second)} ms (${Math.round(first)} ms the first time)`;
  if (second < SLOW) return { name: "reachable", level: "ok", message };
  return {
    name: "reachable",
    level: "warning",
    message,
    advice: "It is slow: reading many runs will take long.",
  };
}

function accepted({ username, name }: Viewer): Check {
  return { name: "key accepted", level: "ok", message: `as ${username ?? name ?? "a user without a name"}` };
}

function entity({ entity: own, teams }: Viewer): Check {
  const others = teams.filter((team) => team !== own);
  const more = others.length === 0 ? "" : `; teams: ${others.join(", ")}`;
  if (own) return { name: "entity", level: "ok", message: `${own}${more}` };
  return {
    name: "entity",
    level: "warning",
    message: `the server names no default${more}`,
    advice: "Name the entity in each path: lazyruns runs ENTITY/PROJECT.",
  };
}

const KEY_ADVICE =
  "Log in anew for this server (`wandb login --relogin`), or set WANDB_API_KEY to a key of it.";

/** What OpenSSL says ends in a line's end. */
function onOneLine(message: string): string {
  return message.replace(/\s*\n\s*/g, " ");
}

function refused(error: unknown, baseUrl: string): Check[] {
  const { message = "" } = failureOf(error);
  const kind = (error as Error).name;
  if (kind === "AuthenticationError" || kind === "PermissionError") {
    return [
      { name: "reachable", level: "ok", message: "answers" },
      { name: "key accepted", level: "problem", message, advice: KEY_ADVICE },
    ];
  }
  if (kind === "TimeoutError" || kind === "NetworkError") {
    const advice = adviceFor(error, baseUrl);
    return [{ name: "reachable", level: "problem", message: onOneLine(message), advice }];
  }
  return [
    { name: "reachable", level: "problem", message, advice: "Check that it is a W&B server's address." },
  ];
}
