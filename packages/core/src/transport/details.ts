import type { ErrorDetails } from "../errors.ts";

/** `"listing runs of team/project"`, as the end of a sentence. */
export function doing({ operation, entity, project, run }: ErrorDetails): string {
  const path = [entity, project, run].filter((part) => part !== undefined).join("/");
  return `${operation ?? "reading"}${path === "" ? "" : ` of ${path}`}`;
}

/** `" after 3 tries"`, where there was more than one. */
export function afterTries({ tries }: ErrorDetails): string {
  return tries === undefined || tries === 1 ? "" : ` after ${tries} tries`;
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
] as const;

/** A time as a person reads it: `"250 ms"`, `"7.5 s"`, `"60 s"`, `"1.5 min"`, `"1 h"`, `"11574.1 d"`. */
export function duration(milliseconds: number): string {
  const [unit, size] = UNITS.find(
    ([unit, size]) => milliseconds >= size && (unit !== "min" || milliseconds > size),
  ) ?? ["ms", 1];
  return unit === "ms"
    ? `${Math.ceil(milliseconds)} ms`
    : `${Math.ceil((milliseconds / size) * 10) / 10} ${unit}`;
}
