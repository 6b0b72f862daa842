// Counting what vitest reports. Whatever goes wrong counts as failed: a run that says nothing isn't a good one.

import { readFile } from "node:fs/promises";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Counts the tests of vitest's JSON report.
 *
 * @param {string} file
 * @param {number} code - vitest's exit code
 * @returns {Promise<Counts>}
 */
export async function countReport(file, code) {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) {
    console.error(`vitest ended with ${code} and wrote no report.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const report = JSON.parse(text);
  // A file that can't be loaded has no tests to count, and a report with no test proves nothing.
  const broken = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ suite) =>
      suite.status === "failed" && suite.assertionResults.length === 0,
  ).length;
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  if (counts.passed + counts.failed === 0) {
    console.error("No test ran.");
    counts.failed++;
  } else if (code !== 0 && counts.failed === 0) {
    console.error(`Every test passed, but vitest ended with ${code}: an error outside the tests.`);
    counts.failed++;
  }
  return counts;
}

/** @param {Counts} sum @param {Counts} more */
export function addCounts(sum, more) {
  sum.passed += more.passed;
  sum.failed += more.failed;
  sum.skipped += more.skipped;
}

/** @param {Counts} counts */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
