// node main.mjs [--port N] [--exports FOLDER]: the benchmark's server. Prints its address; ends on SIGTERM.
//
// POST /graphql answers from memory, GET /exports/FILE from a file of the folder, whole or a range of it, POST /control
// sets the model and resets the counters, GET /control reads them.

import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { answer } from "./answer.mjs";
import { partOf, place, sendPart } from "./exports.mjs";
import { QueryError } from "./query.mjs";
import { Cost, MODEL, Waits } from "./waits.mjs";

/**
 * @import { IncomingMessage, ServerResponse } from "node:http"
 * @typedef {{ gzip: Buffer, cost: Cost, status: number }} Ready
 */

const { values } = parseArgs({
  options: { port: { type: "string", default: "0" }, exports: { type: "string", default: "" } },
});

/** Answers by the request's text, the oldest first: what is asked again costs nothing to make. @type {Map<string, Ready>} */
const kept = new Map();
let keptBytes = 0;
const MOST_KEPT_BYTES = 64_000_000;
const LARGEST_KEPT_BYTES = 1_000_000;

const waits = new Waits();
const counters = { requests: 0, bytes: 0, inFlight: 0, mostInFlight: 0, connections: 0, readings: 0 };
/** What was read since the counters were reset: what is read twice is in it once. @type {Set<string>} */
const different = new Set();
let cpuStart = process.cpuUsage();

function reset() {
  const { inFlight } = counters;
  Object.assign(counters, { requests: 0, bytes: 0, mostInFlight: inFlight, connections: 0, readings: 0 });
  different.clear();
  waits.reset();
  cpuStart = process.cpuUsage();
}

function state() {
  const { user, system } = process.cpuUsage(cpuStart);
  const { inFlight: _, ...counted } = counters;
  const lateMs = waits.count === 0 ? 0 : waits.late / waits.count;
  const cpuSeconds = (user + system) / 1e6;
  return { ...counted, differentReadings: different.size, cpuSeconds, lateMs };
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

/** Counts a request as under way while it is worked on. @param {() => Promise<void>} work */
async function inFlight(work) {
  counters.inFlight++;
  counters.mostInFlight = Math.max(counters.mostInFlight, counters.inFlight);
  try {
    await work();
  } finally {
    counters.inFlight--;
  }
}

/** @param {IncomingMessage} request @param {ServerResponse} response */
function graphql(request, response) {
  const arrived = performance.now();
  return inFlight(async () => {
    const { gzip, cost, status } = ready(await bodyOf(request));
    await waits.wait(arrived, cost);
    const takesGzip = status === 200 && /\bgzip\b/.test(String(request.headers["accept-encoding"]));
    const bytes = takesGzip || status !== 200 ? gzip : gunzipSync(gzip);
    counters.requests++;
    counters.bytes += bytes.length;
    counters.readings += cost.readings.length;
    for (const reading of cost.readings) different.add(reading);
    // Head and body in one write: two would cost a delayed acknowledgement each.
    response.writeHead(status, {
      "content-type": "application/json",
      "content-length": bytes.length,
      ...(takesGzip && { "content-encoding": "gzip" }),
    });
    response.end(bytes);
  });
}

/** @param {IncomingMessage} request @param {ServerResponse} response */
function exported(request, response) {
  const arrived = performance.now();
  return inFlight(async () => {
    const part = await partOf(request);
    await waits.wait(arrived, new Cost());
    counters.requests++;
    if (request.method !== "HEAD") counters.bytes += part.bytes;
    sendPart(part, request, response);
  });
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
        : request.url?.startsWith("/exports/")
          ? exported(request, response)
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
    Object.assign(place, { folder: values.exports, url: `http://127.0.0.1:${address.port}` });
    console.log(`Benchmark server at ${place.url}`);
  }
});
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
});
