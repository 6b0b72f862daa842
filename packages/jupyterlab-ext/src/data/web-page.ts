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

/**
 * A run's web page.
 *
 * @param row - which of the runs, from 0
 * @returns undefined where the project's page isn't known, or the run's id isn't
 */
export function runPage(data: RunsData, row: number): string | undefined {
  const id = (data.runIds ?? data.ids)[row];
  if (data.url === undefined || !id || id.length > LONGEST) return undefined;
  try {
    return `${data.url}/runs/${encodeURIComponent(id)}`;
  } catch {
    return undefined; // half a surrogate pair
  }
}
