import type { RunsWarning } from "../warning.ts";
import type { Run } from "./run.ts";

/** What `onWarning` hears of a run that was deleted between its listing and its reading. */
export function deletedWarning(
  { id, entity, project }: Pick<Run, "id" | "entity" | "project">,
  what: string,
): RunsWarning {
  return {
    run: id,
    message: `Run ${id} of ${entity}/${project} was deleted after it was listed; it is left out of the ${what}.`,
  };
}
