// Answers the requests that Lazyruns sends for histories from prepared bytes, inside the client's process: no socket,
// no wait. It is given to `new Api()` as the public option `dispatcher`.

import { Agent } from "undici";
import { idOf, indexOf } from "../server/fields.mjs";
import { gzipBuffers, Piece } from "../server/gzip.mjs";

/**
 * @import { Dispatcher } from "undici"
 * @import { Field } from "./answers.mjs"
 * @import { Histories } from "./histories.mjs"
 *
 * @typedef {{ requests: number, bytes: number, inFlight: number, mostInFlight: number }} Counters
 * @typedef {AsyncGenerator<string | Buffer | Piece, void, undefined>} Parts the answer, in pieces
 *
 * @typedef {object} Fed
 * @property {Field} field
 * @property {readonly string[] | undefined} keys - what the rows hold besides `_step`, where they are chosen
 * @property {boolean} packed - whether answers are compressed
 */

/**
 * @param {Histories} histories
 * @param {Fed} fed
 * @returns {{ dispatcher: Dispatcher, counters: Counters }}
 */
export function feedDispatcher(histories, { field, keys, packed }) {
  const headers = {
    "content-type": "application/json",
    ...(packed && { "content-encoding": "gzip" }),
  };
  const counters = { requests: 0, bytes: 0, inFlight: 0, mostInFlight: 0 };
  const dispatcher = new Agent().compose(() => (options, handler) => {
    const controller = new Controller();
    counters.requests++;
    counters.mostInFlight = Math.max(counters.mostInFlight, ++counters.inFlight);
    handler.onRequestStart?.(controller, {});
    const answered = async () => {
      const { query, variables } = JSON.parse(String(options.body));
      checkAsked(query, variables, field, keys);
      handler.onResponseStart?.(controller, 200, headers, "OK");
      for await (const bytes of bytesOf(answer(histories, field, query, variables), packed)) {
        if (controller.aborted) return;
        counters.bytes += bytes.length;
        handler.onResponseData?.(controller, bytes);
        // From a socket, too, pieces come one a turn of the event loop; at once they would be joined and copied.
        await new Promise((resolve) => setImmediate(resolve));
      }
      handler.onResponseEnd?.(controller, {});
    };
    answered()
      .catch((error) => handler.onResponseError?.(controller, error))
      .finally(() => counters.inFlight--);
    return true;
  });
  return { dispatcher, counters };
}

/**
 * An answer to one of the two requests that there are: for chosen runs, or for a page of the listing, which may hold
 * the first run's history too.
 *
 * @param {Histories} histories
 * @param {Field} field
 * @param {string} query
 * @param {Record<string, any>} variables
 * @returns {Parts}
 */
async function* answer(histories, field, query, variables) {
  /** @param {readonly number[]} runs @returns {Parts} */
  async function* edges(runs) {
    let between = "";
    for (const run of runs) {
      yield `${between}{"node":{"name":"${idOf(run)}","${field}":`;
      yield await histories.of(run);
      between = "}},";
    }
    yield between.slice(0, -1);
  }
  const { size } = histories;
  const { $in: chosen } = JSON.parse(variables.filters ?? "{}")?.name ?? {};
  if (chosen !== undefined) {
    yield '{"data":{"project":{"runs":{"edges":[';
    yield* edges(chosen.map(indexOf).sort((/** @type {number} */ a, /** @type {number} */ b) => a - b));
    yield '],"pageInfo":{"hasNextPage":false}}}}}';
    return;
  }
  const start = variables.after ? Number(variables.after) : 0;
  const end = Math.min(size, start + variables.first);
  const ids = Array.from({ length: end - start }, (_, at) => ({
    cursor: String(start + at + 1),
    node: { name: idOf(start + at) },
  }));
  const pageInfo = { endCursor: String(end), hasNextPage: end < size };
  yield `{"data":{"project":{"runCount":${size},"runs":${JSON.stringify({ edges: ids, pageInfo })}`;
  if (query.includes("firstRun:")) {
    yield ',"firstRun":{"edges":[';
    yield* edges([start]);
    yield "]}";
  }
  yield "}}}";
}

/** @param {Parts} parts @param {boolean} packed @returns {AsyncGenerator<Buffer, void, undefined>} */
async function* bytesOf(parts, packed) {
  /** @type {(string | Piece)[]} */
  const toPack = [];
  for await (const part of parts) {
    if (Buffer.isBuffer(part)) yield part;
    else if (packed || part instanceof Piece) toPack.push(part);
    else yield Buffer.from(part);
  }
  if (packed) yield* gzipBuffers(toPack);
}

/**
 * An answer to another question than was asked would be fast and wrong.
 *
 * @param {string} query
 * @param {Record<string, any>} variables
 * @param {Field} field
 * @param {readonly string[] | undefined} keys
 */
function checkAsked(query, variables, field, keys) {
  const asksHistories = /\b(history|events|sampledHistory)\(/.exec(query)?.[1];
  if (asksHistories === undefined) return;
  const asked = keys && JSON.parse(variables.specs[0]).keys;
  if (asksHistories === field && String(asked?.sort()) === String(keys && ["_step", ...keys].sort())) return;
  throw new Error(`No answer was prepared for ${query} with ${JSON.stringify(variables)}.`);
}

/** What a handler may do to an answer under way. What comes faster than it is taken is kept, as it is read whole. */
class Controller {
  aborted = false;
  paused = false;
  /** @type {Error | null} */
  reason = null;
  rawHeaders = null;
  rawTrailers = null;

  /** @param {Error} reason */
  abort(reason) {
    this.aborted = true;
    this.reason = reason;
  }

  pause() {
    this.paused = true;
  }

  resume() {
    this.paused = false;
  }
}
