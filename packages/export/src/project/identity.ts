import { InvalidArgumentError, type Runs } from "@lazyruns/core";
import type { DatasetSource } from "./dataset/manifest.ts";
import type { ExportOptions } from "./options.ts";

/** What a dataset is of, by the call that makes it. */
export function sourceOf(runs: Runs, baseUrl: string, options: ExportOptions): DatasetSource {
  const { entity, project } = runs;
  const { filters = null, keys = null, streams = ["history", "system"] } = options;
  return {
    baseUrl,
    entity,
    project,
    filters: filters === null ? null : (JSON.parse(JSON.stringify(filters, digits)) as unknown),
    listing: runs.checkpoint().listing,
    keys: keys === null ? null : [...new Set(keys)].sort(),
    streams: [...new Set(streams)].sort(),
  };
}

/** What filters hold that JSON can't, as people read it: the listing's hash is what tells filters apart. */
function digits(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/** @throws InvalidArgumentError when a dataset is of something else, saying what differs */
export function checkSame(out: string, there: DatasetSource, wanted: DatasetSource): void {
  const path = (source: DatasetSource) => `${source.entity}/${source.project}`;
  const differs: readonly [what: string, there: unknown, wanted: unknown][] = [
    ["server", there.baseUrl, wanted.baseUrl],
    ["project", path(there), path(wanted)],
    ["keys", there.keys, wanted.keys],
    ["streams", there.streams, wanted.streams],
    ["filters", there.filters, wanted.filters],
  ];
  for (const [what, one, other] of differs) {
    if (JSON.stringify(one) === JSON.stringify(other)) continue;
    throw new InvalidArgumentError(
      `${out} holds an export with other ${what}: ${JSON.stringify(one)}, and not ${JSON.stringify(other)}. ` +
        "Export to another folder, or delete that one.",
    );
  }
  if (there.listing === wanted.listing) return;
  throw new InvalidArgumentError(
    `${out} holds an export with other filters. Export to another folder, or delete that one.`,
  );
}

/** Filters with their fields in one order: in whatever order they are given, they choose the same runs. */
export function inOrder(filters: unknown): unknown {
  if (Array.isArray(filters)) return filters.map(inOrder);
  if (typeof filters !== "object" || filters === null) return filters;
  if ("toJSON" in filters && typeof filters.toJSON === "function" && !(filters instanceof Date)) {
    return inOrder(filters.toJSON());
  }
  const prototype = Object.getPrototypeOf(filters);
  if (prototype !== Object.prototype && prototype !== null) return filters;
  const entries = Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, inOrder(value)]));
}
