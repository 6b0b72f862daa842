import { request } from "node:http";

/** @import { ServerState } from "./work.mjs" */

/**
 * Sets the server's model or resets its counters, and reads them. By a connection of its own, and without `fetch`,
 * whose memory would count as the client's.
 *
 * @param {string} url - the server's
 * @param {{ model?: Partial<import("../server/waits.mjs").Model>, reset?: boolean }} [body] - what to change
 * @returns {Promise<ServerState & { differentReadings: number }>}
 */
export function control(url, body) {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/control`, { method: body === undefined ? "GET" : "POST", agent: false });
    sent.once("error", reject);
    sent.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.once("end", () => resolve(JSON.parse(text)));
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
