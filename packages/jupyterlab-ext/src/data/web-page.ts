import type { RunsData } from "./runs-data.ts";

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

/**
 * A run's web page.
 *
 * @param row - which of the runs, from 0
 * @returns undefined where the project's page isn't known, or the run's id isn't
 */
export function runPage(data: RunsData, row: number): string | undefined {
  const id = (data.runIds ?? data.ids)[row];
  if (data.url === undefined || !id) return undefined;
  try {
    return webPage(`${data.url.replace(/\/+$/, "")}/runs/${encodeURIComponent(id)}`);
  } catch {
    return undefined; // half a surrogate pair
  }
}
