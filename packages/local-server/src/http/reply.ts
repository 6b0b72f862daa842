import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { stringify } from "@lazyruns/json";
import { discardRest } from "./rest-of-body.ts";

const zip = promisify(gzip);
/** Smaller answers aren't worth packing. */
const WORTH_PACKING = 4096;

/**
 * Answers with JSON, packed when it is large and the client takes it. Head and body go out in one piece: in two,
 * the second waits for the client's delayed acknowledgement (about 40 ms a request).
 */
export async function replyJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: unknown,
): Promise<void> {
  const text = Buffer.from(stringify(value, { nonFinite: "string" }));
  const packs =
    text.length >= WORTH_PACKING && /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const body = packs ? await zip(text, { level: constants.Z_BEST_SPEED }) : text;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": body.length,
    "x-content-type-options": "nosniff",
    ...(packs && { "content-encoding": "gzip" }),
  });
  response.end(body);
}

/** Answers with an error in W&B's form. */
export async function replyError(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  message: string,
): Promise<void> {
  if (!request.complete) {
    response.setHeader("connection", "close");
    await discardRest(request);
  }
  return replyJson(request, response, status, { errors: [{ message }] });
}
