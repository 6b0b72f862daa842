import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeAnswers } from "../feed/answers.mjs";

/**
 * @import { Answers } from "../feed/answers.mjs"
 * @import { Group } from "./plan.mjs"
 */

/** The answers of more runs than these would be most of what a client has in memory. */
const HELD_UP_TO = 500;

/**
 * Has the answers in files while a group that is fed with them is measured.
 *
 * @template T
 * @param {Group} group
 * @param {(answers: Answers | undefined) => Promise<T>} measure
 * @returns {Promise<T>}
 */
export async function withAnswers({ runs, fed: field }, measure) {
  if (field === undefined) return measure(undefined);
  const folder = await mkdtemp(join(tmpdir(), "lazyruns-bench-answers-"));
  try {
    return await measure(writeAnswers(folder, { runs, field, inMemory: runs <= HELD_UP_TO }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
