// The kinds of work that are measured. What they read is the same for every client.

/**
 * @typedef {object} Task what a client process is started with, as JSON
 * @property {string} url - the server's
 * @property {string} path - `entity/project`
 * @property {string} work - the client's name for what to do
 * @property {readonly string[]} [keys] - of histories; absent: all
 * @property {import("../feed/answers.mjs").Answers} [answers] - what to be fed with instead of the server's answers
 * @property {boolean} [packed] - whether those come compressed
 * @property {boolean} [warm] - of a scan: whether what it reads is in the cache before the clock starts
 * @property {string} [file] - the Parquet file that the server has of the run
 * @property {string} [tinyFile] - likewise of the tiny run that is read before the clock starts
 * @property {string} [out] - where to export to
 * @property {boolean} [isPart] - of other work, which the server's counters go on for
 * @property {boolean} [digest] - whether to describe what was read, so that clients can be compared
 *
 * @typedef {object} Measured what it prints, as JSON
 * @property {number} seconds
 * @property {number | null} firstResultSeconds - when the first run's result was there; null where all come at once
 * @property {number} cpuSeconds - of the client's process, all its threads
 * @property {number | null} peakMB - the most memory the process has had, up to the end of the work; null where the
 *   system doesn't say
 * @property {ServerState} server - what the work cost the server
 * @property {number} count - of the rows or runs that were read
 * @property {import("./digest.mjs").Digest | null} digest
 * @property {Readonly<Record<string, number>>} [figures] - what else there is to tell, by name
 *
 * @typedef {object} ServerState
 * @property {number} requests
 * @property {number} bytes
 * @property {number} [readings] - how often rows of a run were read; absent where no server answered
 * @property {number} [differentReadings] - of them, those that weren't the same again
 * @property {number} mostInFlight
 * @property {number} connections
 * @property {number} cpuSeconds
 * @property {number | null} lateMs - how much later than the model says an answer was sent, on average; null where no
 *   server answered
 */

export const KEYS = ["train/loss", "val/accuracy", "val/loss"];
export const CONFIG_KEYS = ["lr", "batch_size", "optimizer"];
export const SUMMARY_KEYS = ["train/loss", "val/accuracy", "best/metric_12"];

/** The history that is scanned before the clock starts: more than is asked for like a short one, in one request. */
export const TINY_ROWS = 3_000;

/** A well-formed key; the server takes any. */
export const API_KEY = "bench".repeat(8);
