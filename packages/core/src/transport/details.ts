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

/** A time as a person reads it. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.ceil(milliseconds)} ms` : `${Math.ceil(milliseconds / 100) / 10} s`;
}
