import { type Api, TimeoutError, type Viewer } from "@lazyruns/core";
import type { Context } from "../context.ts";
import { failureOf } from "../failure.ts";
import { type ConnectionOptions, connect } from "../options/connection.ts";
import type { Check } from "./check.ts";

/** Long enough for a slow server, and short enough to wait for, in seconds. */
const PATIENCE = 10;
/** A round trip that takes longer is told of, in milliseconds. */
const SLOW = 1_000;

/** The server's address, the key, whether the one is there and takes the other, and whose it is. */
export async function checkConnection(options: ConnectionOptions, context: Context): Promise<Check[]> {
  let api: Api;
  try {
    api = await connect({ timeout: PATIENCE, ...options });
  } catch (error) {
    return notConfigured(error);
  }
  try {
    const { apiKey, baseUrl } = api.service.credentialsFoundIn;
    const from = baseUrl === "the baseUrl option" ? "--base-url" : baseUrl;
    return [
      { name: "server", level: "ok", message: `${api.baseUrl} (from ${from})` },
      { name: "API key", level: "ok", message: `found in ${apiKey}` },
      ...(await checkViewer(api, options.timeout ?? PATIENCE, context)),
    ];
  } finally {
    await api.close();
  }
}

function notConfigured(error: unknown): Check[] {
  const { message = "" } = failureOf(error);
  const { operation } = error as { operation?: unknown };
  const name = operation === "finding the API key" ? "API key" : "server";
  const advice =
    name === "API key" ? "Run `wandb login`, or set WANDB_API_KEY." : "Set WANDB_BASE_URL or --base-url.";
  return [{ name, level: "problem", message, advice }];
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
    return refused(error);
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

function refused(error: unknown): Check[] {
  const { message = "" } = failureOf(error);
  const kind = (error as Error).name;
  if (kind === "AuthenticationError" || kind === "PermissionError") {
    return [
      { name: "reachable", level: "ok", message: "answers" },
      { name: "key accepted", level: "problem", message, advice: KEY_ADVICE },
    ];
  }
  if (kind === "TimeoutError" || kind === "NetworkError") {
    const proxy = ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"].filter(
      (name) => process.env[name],
    );
    const by = proxy.length === 0 ? "" : ` It goes through a proxy: ${proxy.join(", ")} is set.`;
    const advice = `Check the address, and that this machine may reach it.${by}`;
    return [{ name: "reachable", level: "problem", message, advice }];
  }
  return [
    { name: "reachable", level: "problem", message, advice: "Check that it is a W&B server's address." },
  ];
}
