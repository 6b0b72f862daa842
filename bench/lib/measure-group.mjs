// Measures a group: its contenders in turns, each in a fresh process, so that noise falls on all of them.

import { isDeepStrictEqual } from "node:util";
import { ensureExportFile } from "../server/export-file.mjs";
import { ROWS } from "../server/history.mjs";
import { withAnswers } from "./answers.mjs";
import { control } from "./control.mjs";
import { isReference, measureOnce } from "./processes.mjs";
import { spread } from "./stats.mjs";
import { TINY_ROWS } from "./work.mjs";

/**
 * @import { Answers } from "../feed/answers.mjs"
 * @import { Digest } from "./digest.mjs"
 * @import { Contender } from "./contenders.mjs"
 * @import { Group } from "./plan.mjs"
 * @import { Spread } from "./stats.mjs"
 * @import { Measured, Task } from "./work.mjs"
 *
 * @typedef {object} Row what is known of a contender on a setting
 * @property {string} id
 * @property {string} who
 * @property {readonly string[]} against
 * @property {string | null} error - why there is no figure
 * @property {readonly number[]} runsOfSeconds - each measurement
 * @property {Spread | null} seconds
 * @property {Spread | null} firstResultSeconds
 * @property {Spread | null} cpuSeconds - of the client's process
 * @property {Spread | null} requests
 * @property {Spread | null} peakMB - the highest is what counts
 * @property {number} megabytes - received, compressed
 * @property {Spread | null} serverCpuSeconds
 * @property {Spread | null} lateMs - how much later than the model says answers were sent, on average
 * @property {Spread | null} connections
 * @property {number} mostInFlight
 * @property {Spread | null} readings - how often the server read rows of a run
 * @property {Spread | null} readAgain - of them, those of the same rows once more
 * @property {Readonly<Record<string, Spread>>} figures - what else there is to tell, by name
 *
 * @typedef {Omit<Group, "contenders"> & { rows: Row[] }} GroupResult
 *
 * @typedef {{ answers?: Answers | undefined, file?: string, tinyFile?: string }} Material what a group's clients work on
 *
 * @typedef {object} MeasureOptions
 * @property {string} url
 * @property {string} python
 * @property {AbortSignal} [signal]
 * @property {boolean} [warm] - false: the server isn't let make its pieces first
 * @property {(line: string) => void} [say]
 */

/** What servers have made their pieces for already. @type {Set<string>} */
const warmed = new Set();

/** Beyond this the reference is measured once. */
const ONCE_ABOVE_SECONDS = 100;
/** Beyond this many runs values aren't compared: the pieces are those of fewer runs, and rows would fill the memory. */
const COMPARED_UP_TO = 2_000;
/** And of frames, which have more columns, beyond this many. */
const FRAMES_COMPARED_UP_TO = 500;
/** Rows of one run. */
const ROWS_COMPARED_UP_TO = 100_000;

/**
 * @param {Group} group
 * @param {MeasureOptions} options
 * @returns {Promise<GroupResult>}
 */
export function measureGroup(group, options) {
  return withAnswers(group, async (answers) => {
    return measureInTurns(group, { answers, ...(await filesOf(group, options)) }, options);
  });
}

/** @param {Group} group @param {MeasureOptions} options @returns {Promise<Material>} */
async function filesOf({ project, historyRows }, { python }) {
  if (historyRows === undefined || !project?.startsWith("exported-")) return {};
  const tinyFile = await ensureExportFile(TINY_ROWS, python);
  return { file: await ensureExportFile(historyRows, python), tinyFile };
}

/**
 * @param {Group} group
 * @param {Material} material
 * @param {MeasureOptions} options
 * @returns {Promise<GroupResult>}
 */
async function measureInTurns(group, material, options) {
  const { contenders, ...setting } = group;
  /** @type {Map<Contender, Measured[]>} */
  const measured = new Map(contenders.map((contender) => [contender, []]));
  /** @type {Map<Contender, string>} */
  const errors = new Map();
  if (options.warm !== false && material.answers === undefined) await warmUp(group, material, options);
  await control(options.url, { model: group.model });
  for (let round = 0; round < Math.max(...contenders.map(({ repeats }) => repeats)); round++) {
    for (const contender of contenders) {
      const so = measured.get(contender) ?? [];
      if (errors.has(contender) || round >= contender.repeats) continue;
      if (isReference(contender.client) && (so[0]?.seconds ?? 0) > ONCE_ABOVE_SECONDS) continue;
      try {
        const task = taskOf(group, contender, options.url, round === 0, material);
        const one = await measureOnce(contender.client, task, options);
        checkCount(group, contender, one.count);
        so.push(one);
        options.say?.(`${group.id}  ${contender.who}: ${so.at(-1)?.seconds.toFixed(3)} s`);
      } catch (error) {
        if (options.signal?.aborted) throw error;
        errors.set(contender, error instanceof Error ? error.message : String(error));
        options.say?.(`${group.id}  ${contender.who}: error: ${errors.get(contender)}`);
      }
    }
  }
  compareReadings(contenders, measured, errors);
  return {
    ...setting,
    rows: contenders.map((it) => rowOf(it, measured.get(it) ?? [], errors.get(it) ?? null)),
  };
}

/** @param {Group} group @param {Contender} contender @param {number} count */
function checkCount({ runs, historyRows = runs * ROWS }, { unit }, count) {
  const expected = unit === undefined ? undefined : unit === "rows" ? historyRows : runs;
  if (expected !== undefined && count !== expected) throw new Error(`read ${count} ${unit} of ${expected}`);
}

/**
 * @param {Group} group
 * @param {Contender} contender
 * @param {string} url
 * @param {boolean} first
 * @param {Material} material
 * @returns {Task}
 */
function taskOf(group, { work, keys, reads, packed, warm }, url, first, { answers, ...files }) {
  const { runs, project = `runs-${runs}` } = group;
  return {
    url,
    path: `bench/${project}`,
    work,
    digest: first && reads !== undefined && isCompared(group, answers !== undefined),
    ...(keys && { keys }),
    ...(answers && { answers }),
    ...(packed && { packed }),
    ...files,
    ...(warm && { warm }),
  };
}

/** @param {Group} group @param {boolean} isFed */
function isCompared({ kind, runs, historyRows }, isFed) {
  if (kind === "scale-export") return true; // a dataset is described by polars, which is quick
  if (historyRows !== undefined) return historyRows <= ROWS_COMPARED_UP_TO;
  return runs <= (isFed ? FRAMES_COMPARED_UP_TO : COMPARED_UP_TO);
}

/**
 * Lets the server make its pieces, without waits and with no figure: it isn't what is measured. The reference asks for
 * the same pieces, so it is spared, but for where it alone asks for them.
 *
 * @param {Group} group
 * @param {Material} material
 * @param {MeasureOptions} options
 */
async function warmUp(group, material, options) {
  await control(options.url, { model: { delayMs: 0, historyMs: 0, heavyMs: 0 } });
  const smaller = { ...group, runs: Math.min(group.runs, COMPARED_UP_TO) };
  for (const contender of group.contenders) {
    const task = taskOf(smaller, contender, options.url, false, material);
    const name = JSON.stringify([contender.client, task]);
    if ((isReference(contender.client) && !contender.hasOwnPieces) || warmed.has(name)) continue;
    if (contender.makesNoPieces) continue;
    warmed.add(name);
    // What fails here fails again with the clock running, and is reported there.
    await measureOnce(contender.client, task, options).catch(() => undefined);
  }
}

/**
 * Contenders that should have read the same must have: figures of a client that reads something else mean nothing.
 *
 * @param {readonly Contender[]} contenders
 * @param {ReadonlyMap<Contender, readonly Measured[]>} measured
 * @param {Map<Contender, string>} errors
 */
function compareReadings(contenders, measured, errors) {
  /** @type {Map<string, { who: string, digest: Digest }>} */
  const readings = new Map();
  // The reference last in the list is the yardstick: it is looked at first.
  for (const contender of [...contenders].reverse()) {
    const digest = measured.get(contender)?.[0]?.digest;
    if (contender.reads === undefined || !digest) continue;
    const other = readings.get(contender.reads);
    if (other === undefined) readings.set(contender.reads, { who: contender.who, digest });
    else if (!isDeepStrictEqual(digest, other.digest)) {
      errors.set(contender, `read other values than "${other.who}" did`);
    }
  }
}

/** @param {Contender} contender @param {readonly Measured[]} measured @param {string | null} error @returns {Row} */
function rowOf({ id, who, against = [] }, measured, error) {
  const over = (/** @type {(one: Measured) => number | null} */ get) => {
    const values = measured.map(get).filter((value) => value !== null);
    return values.length === 0 ? null : spread(values);
  };
  return {
    ...{ id, who, against, error },
    runsOfSeconds: measured.map(({ seconds }) => seconds),
    seconds: over(({ seconds }) => seconds),
    firstResultSeconds: over(({ firstResultSeconds }) => firstResultSeconds),
    cpuSeconds: over(({ cpuSeconds }) => cpuSeconds),
    requests: over(({ server }) => server.requests),
    peakMB: over(({ peakMB }) => peakMB),
    megabytes: (over(({ server }) => server.bytes)?.median ?? 0) / 1e6,
    serverCpuSeconds: over(({ server }) => server.cpuSeconds),
    lateMs: over(({ server }) => server.lateMs),
    connections: over(({ server }) => server.connections),
    mostInFlight: over(({ server }) => server.mostInFlight)?.max ?? 0,
    readings: over(({ server }) => server.readings ?? null),
    readAgain: over(({ server: { readings, differentReadings } }) =>
      readings === undefined || differentReadings === undefined ? null : readings - differentReadings,
    ),
    figures: Object.fromEntries(
      Object.keys(measured[0]?.figures ?? {}).flatMap((name) => {
        const figure = over(({ figures }) => figures?.[name] ?? null);
        return figure === null ? [] : [[name, figure]];
      }),
    ),
  };
}
