// node main.mjs [--port N]: the benchmark's server. Prints its address; ends on SIGTERM.
//
// POST /graphql answers from memory, POST /control sets the model and resets the counters, GET /control reads them.

import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { answer } from "./answer.mjs";
import { QueryError } from "./query.mjs";
import { Cost, MODEL, Waits } from "./waits.mjs";

/**
 * @import { IncomingMessage, ServerResponse } from "node:http"
 * @typedef {{ gzip: Buffer, cost: Cost, status: number }} Ready
 */

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });

/** Answers by the request's text, the oldest first: what is asked again costs nothing to make. @type {Map<string, Ready>} */
const kept = new Map();
let keptBytes = 0;
const MOST_KEPT_BYTES = 64_000_000;
const LARGEST_KEPT_BYTES = 1_000_000;

const waits = new Waits();
const counters = { requests: 0, bytes: 0, inFlight: 0, mostInFlight: 0, connections: 0 };
let cpuStart = process.cpuUsage();

function reset() {
  Object.assign(counters, { requests: 0, bytes: 0, mostInFlight: counters.inFlight, connections: 0 });
  waits.reset();
  cpuStart = process.cpuUsage();
}

function state() {
  const { user, system } = process.cpuUsage(cpuStart);
  const { requests, bytes, mostInFlight, connections } = counters;
  const lateMs = waits.count === 0 ? 0 : waits.late / waits.count;
  return { requests, bytes, mostInFlight, connections, cpuSeconds: (user + system) / 1e6, lateMs };
}

/** @param {string} body @returns {Ready} */
function ready(body) {
  const known = kept.get(body);
  if (known !== undefined) return known;
  const made = make(body);
  if (made.gzip.length <= LARGEST_KEPT_BYTES) {
    kept.set(body, made);
    keptBytes += made.gzip.length;
    for (const [oldest, { gzip }] of kept) {
      if (keptBytes <= MOST_KEPT_BYTES) break;
      kept.delete(oldest);
      keptBytes -= gzip.length;
    }
  }
  return made;
}

/** @param {string} body @returns {Ready} */
function make(body) {
  try {
    const { query, variables } = JSON.parse(body);
    return { ...answer(query, variables ?? {}), status: 200 };
  } catch (error) {
    if (!(error instanceof QueryError || error instanceof SyntaxError)) throw error;
    const text = JSON.stringify({ errors: [{ message: error.message }] });
    return { gzip: Buffer.from(text), cost: new Cost(), status: 400 };
  }
}

/** @param {IncomingMessage} request */
async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** @param {IncomingMessage} request @param {ServerResponse} response */
async function graphql(request, response) {
  const arrived = performance.now();
  counters.inFlight++;
  counters.mostInFlight = Math.max(counters.mostInFlight, counters.inFlight);
  try {
    const { gzip, cost, status } = ready(await bodyOf(request));
    await waits.wait(arrived, cost);
    const takesGzip = status === 200 && /\bgzip\b/.test(String(request.headers["accept-encoding"]));
    const bytes = takesGzip || status !== 200 ? gzip : gunzipSync(gzip);
    counters.requests++;
    counters.bytes += bytes.length;
    // Head and body in one write: two would cost a delayed acknowledgement each.
    response.writeHead(status, {
      "content-type": "application/json",
      "content-length": bytes.length,
      ...(takesGzip && { "content-encoding": "gzip" }),
    });
    response.end(bytes);
  } finally {
    counters.inFlight--;
  }
}

/** @param {IncomingMessage} request @param {ServerResponse} response */
async function control(request, response) {
  if (request.method === "POST") {
    const { model, reset: wanted } = JSON.parse(await bodyOf(request));
    // JSON has no infinity: workers that are null are without number.
    if (model) waits.model = { ...MODEL, ...model, workers: model.workers ?? MODEL.workers };
    if (wanted) reset();
  }
  response.setHeader("content-type", "application/json").end(JSON.stringify(state()));
}

const server = createServer((request, response) => {
  const work =
    request.url === "/graphql"
      ? graphql(request, response)
      : request.url === "/control"
        ? control(request, response)
        : Promise.resolve(response.writeHead(404).end());
  work.catch((error) => {
    console.error(error);
    response.destroy();
  });
});
server.keepAliveTimeout = 600_000;
server.on("connection", () => counters.connections++);
server.listen(Number(values.port), "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) {
    console.log(`Benchmark server at http://127.0.0.1:${address.port}`);
  }
});
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
});
