import type { RunsData } from "./runs-data.ts";

/** Longer addresses aren't taken: not every browser opens them. */
const LONGEST = 2048;

/** An address that may be linked to: of a page of the web, else undefined. */
export function webPage(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  try {
    const { protocol } = new URL(value);
    return protocol === "https:" || protocol === "http:" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The address of a project's page, without slashes at its end; undefined: it is none of the web, or too long. */
export function projectPage(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > LONGEST) return undefined;
  let end = value.length;
  while (value[end - 1] === "/") end--;
  return webPage(value.slice(0, end));
}

/** Whether a run has a web page: quicker to tell than which one. */
export function hasRunPage(data: RunsData, row: number): boolean {
  return data.url !== undefined && Boolean(idOf(data, row));
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
    return webPage(`${data.url}/runs/${encodeURIComponent(idOf(data, row) as string)}`);
  } catch {
    return undefined; // half a surrogate pair
  }
}

function idOf({ runIds, ids }: RunsData, row: number): string | undefined {
  return (runIds ?? ids)[row];
}
