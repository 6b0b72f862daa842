import type { Progress, Work } from "@lazyruns/core";
import { durationText } from "../bundle/format.ts";
import { reasonOf } from "../kernel/note.ts";
import { bar } from "./bar.ts";

/** How far a call is, `seconds` after it began; `progress` is undefined until the first is told. */
export interface Standing {
  readonly work: Work;
  readonly progress: Progress | undefined;
  readonly seconds: number;
}

const TITLES = { histories: "histories", table: "table", upgrade: "upgrade to full", scan: "scan" } as const;

/** A call begins with requests for little; by then, in seconds, or when this part of it has come, its pace tells of the rest. */
const STARTS_WITHIN = 3;
const FEW = 0.05;

/** The line of a call that goes on. */
export function runningLine({ work, progress, seconds }: Standing): string {
  const title = titleOf(work);
  if (progress === undefined) return `${title} ${bar(0)} asking`;
  const { done, total, unit } = progress;
  const rate = done / seconds;
  const isTelling = done > 0 && (seconds >= STARTS_WITHIN || done >= total * FEW);
  const left = isTelling ? `  ${count(rate)}/s  ${durationText(Math.ceil((total - done) / rate))} left` : "";
  return `${title} ${bar(total === 0 ? 1 : done / total)} ${count(done)}/${count(total)} ${unit}${left}`;
}

/** The line of a call that ended; `error` is what it failed with. */
export function endedLine({ work, progress, seconds }: Standing, error: unknown): string {
  const title = titleOf(work);
  const took = durationText(seconds);
  if (error !== undefined) {
    const came = progress === undefined ? "" : ` after ${amount(progress)}`;
    return isAbort(error)
      ? `${title}: stopped${came}, ${took}`
      : `${title}: failed${came}, ${took}. ${reasonOf(error)}`;
  }
  if (progress === undefined) return `${title}: done in ${took}`;
  return `${title}: ${amount(progress)} in ${took} (${count(progress.done / seconds)}/s)`;
}

function titleOf({ operation, entity, project }: Work): string {
  return `${TITLES[operation] ?? operation} of ${entity}/${project}`;
}

function amount({ done, total, unit }: Progress): string {
  return done === total ? `${count(done)} ${unit}` : `${count(done)} of ${count(total)} ${unit}`;
}

function count(number: number): string {
  const digits = number < 10 && !Number.isInteger(number) ? 1 : 0;
  return number.toLocaleString("en-US", { maximumFractionDigits: digits });
}

/** Whether it is what a signal gives as its reason. What is no error, nothing of ours throws: it is a caller's reason. */
function isAbort(error: unknown): boolean {
  return !(error instanceof Error) || error instanceof DOMException || error.name === "AbortError";
}
