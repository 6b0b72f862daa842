import type { Api, Viewer } from "@lazyruns/core";
import type { Context } from "../context.ts";
import { failureOf } from "../failure.ts";
import { type ConnectionOptions, connect } from "../options/connection.ts";
import type { Check } from "./check.ts";

/** Long enough for a slow server, and short enough to wait for. */
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
      ...(await checkViewer(api, context)),
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

async function checkViewer(api: Api, context: Context): Promise<Check[]> {
  const started = performance.now();
  try {
    const viewer = await once(api, context);
    const [first, second] = [performance.now() - started, await roundTrip(api, context)];
    return [reached(first, second), accepted(viewer), entity(viewer)];
  } catch (error) {
    context.signal.throwIfAborted();
    return refused(error);
  }
}

/** Without the patience of a library: what doesn't answer now is told of. */
function once(api: Api, context: Context): Promise<Viewer> {
  return api.viewer({ signal: AbortSignal.any([context.signal, AbortSignal.timeout(PATIENCE * 1000)]) });
}

async function roundTrip(api: Api, context: Context): Promise<number> {
  const started = performance.now();
  await once(api, context);
  return performance.now() - started;
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
  if (kind === "TimeoutError" || kind === "NetworkError" || kind === "AbortError") {
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
