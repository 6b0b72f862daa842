import type { RunsData } from "./runs-data.ts";

/** No address of ours is near as long, and browsers cut longer ones. */
const LONGEST = 2048;

/** An address that may be linked to, without slashes at its end: of a page of the web, else undefined. */
export function webPage(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > LONGEST || !isOfTheWeb(value)) return undefined;
  let end = value.length;
  while (value[end - 1] === "/") end--;
  return value.slice(0, end);
}

function isOfTheWeb(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** Whether a run has a web page, by all but its id's letters: quicker to tell than which one. */
export function hasRunPage(data: RunsData, row: number): boolean {
  const id = idOf(data, row);
  return data.url !== undefined && Boolean(id) && id.length <= LONGEST;
}

/**
 * A run's web page.
 *
 * @param row - which of the runs, from 0
 * @returns undefined where the project's page isn't known, or the run's id isn't
 */
export function runPage(data: RunsData, row: number): string | undefined {
  if (!hasRunPage(data, row)) return undefined;
  try {
    return `${data.url}/runs/${encodeURIComponent(idOf(data, row))}`;
  } catch {
    return undefined; // half a surrogate pair
  }
}

function idOf({ runIds, ids }: RunsData, row: number): string {
  return (runIds ?? ids)[row] ?? "";
}
