import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpError } from "../errors.ts";
import { takeFileStream } from "../filestream/file-stream.ts";
import type { Context } from "../graphql/context.ts";
import { executeGraphql, type GraphqlBody } from "../graphql/execute.ts";
import type { RequestInfo, ServerOptions } from "../options.ts";
import { checkAuthorization } from "./auth.ts";
import { readJson } from "./body.ts";
import { checkExport, EXPORT_PATH, handleExport } from "./exports.ts";
import { type Bound, checkHost } from "./host.ts";
import { pageOf, pageText, replyText } from "./page.ts";
import { replyError, replyJson } from "./reply.ts";
import { checkStorage, handleStorage, STORAGE_PATH } from "./storage.ts";

const FILE_STREAM_PATH = /^\/files\/([^/]+)\/([^/]+)\/([^/]+)\/file_stream$/;

/** What the routes need of the server. */
export interface RouteOptions {
  readonly options: ServerOptions;
  readonly context: Omit<Context, "baseUrl">;
  readonly bound: Bound;
  readonly maxBodyBytes: number;
  readonly maxFileBytes: number;
}

/** Answers one request, whatever happens. */
export async function handle(
  server: RouteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await route(server, request, response);
  } catch (error) {
    if (response.headersSent || response.destroyed) return void response.destroy();
    const refused = error instanceof HttpError ? error : undefined;
    if (refused === undefined) console.error(error);
    await replyError(
      request,
      response,
      refused?.status ?? 500,
      refused?.message ?? "Internal error of the local server; see its output",
    );
  }
}

async function route(
  server: RouteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { options, context, bound, maxBodyBytes, maxFileBytes } = server;
  const baseUrl = checkHost(request.headers.host, bound);
  const path = (request.url ?? "/").replace(/[?#].*$/, "");

  const storage = STORAGE_PATH.exec(path);
  if (storage) {
    const admitted = checkStorage(context.store, storage, request);
    if (await intercepted(options, request, response, { path })) return;
    return handleStorage(context.store, admitted, request, response, maxFileBytes);
  }

  const exported = EXPORT_PATH.exec(path);
  if (exported) {
    const row = checkExport(context.store, exported);
    if (await intercepted(options, request, response, { path })) return;
    return handleExport(context.store, row, request, response);
  }

  const page = request.method === "GET" ? pageOf(path) : undefined;
  if (page !== undefined) {
    if (options.key !== undefined) askForKey(request, response, options.key);
    const text = pageText(
      context,
      page.map((part) => part && decodeSegment(part)),
    );
    return replyText(response, text === undefined ? 404 : 200, text ?? `There is nothing at ${path}\n`);
  }

  const stream = FILE_STREAM_PATH.exec(path);
  if (path !== "/graphql" && stream === null) throw new HttpError(404, `There is nothing at ${path}`);
  if (request.method !== "POST") throw new HttpError(405, "Only POST is allowed here");
  checkAuthorization(request.headers.authorization, options.key);

  const body = await readJson(request, maxBodyBytes);
  if (stream === null) {
    const question = checkGraphql(body);
    const operation = question.operationName ?? /^\s*(?:query|mutation)\s+(\w+)/m.exec(question.query)?.[1];
    if (await intercepted(options, request, response, { path, operation, variables: question.variables }))
      return;
    const result = await executeGraphql(question, { ...context, baseUrl });
    return replyJson(request, response, result.status, result.body);
  }
  if (await intercepted(options, request, response, { path })) return;
  const [entity = "", project = "", run = ""] = stream.slice(1).map(decodeSegment);
  return replyJson(request, response, 200, takeFileStream(context.store, { entity, project, run }, body));
}

/** Has a browser ask for a user name, which is "api", and a password, which is the key. */
function askForKey(request: IncomingMessage, response: ServerResponse, key: string): void {
  response.setHeader("www-authenticate", 'Basic realm="lazyruns-server: user api, password: the key"');
  checkAuthorization(request.headers.authorization, key);
  response.removeHeader("www-authenticate");
}

/** Tells the observer of a request, and lets a test answer it instead. */
async function intercepted(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  what: Pick<RequestInfo, "path" | "operation" | "variables">,
): Promise<boolean> {
  const info: RequestInfo = { method: request.method ?? "", ...what };
  options.onRequest?.(info);
  const instead = await options.intercept?.(info);
  if (instead === undefined) return false;
  response.writeHead(instead.status, instead.headers).end(instead.body ?? "");
  return true;
}

function checkGraphql(body: unknown): GraphqlBody {
  const { query, variables, operationName } = (body ?? {}) as Record<string, unknown>;
  if (typeof query !== "string") throw new HttpError(400, "The body must be an object with a query");
  if (variables !== undefined && (typeof variables !== "object" || Array.isArray(variables))) {
    throw new HttpError(400, "variables must be an object");
  }
  return {
    query,
    variables: (variables ?? {}) as Record<string, unknown>,
    operationName: typeof operationName === "string" && operationName !== "" ? operationName : undefined,
  };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(400, "The path is not a URL's");
  }
}
