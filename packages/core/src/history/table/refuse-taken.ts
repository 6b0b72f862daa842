import { InvalidArgumentError } from "../../errors.ts";
import { type Chunk, columnOf } from "./chunk.ts";
import { RUN_ID, type RunFields } from "./run-fields.ts";

/** A run, as far as a table and its errors name it. */
export interface TableRun {
  readonly id: string;
  readonly entity: string;
  readonly project: string;
}

/** @throws InvalidArgumentError when a metric has the name of one of the run's own columns. */
export function refuseTaken(run: TableRun, chunk: Chunk, fields: RunFields | undefined): void {
  if (columnOf(chunk, RUN_ID) !== undefined) {
    throw taken(run, RUN_ID, "is the record's own field for the run's id");
  }
  for (const name of fields?.keys() ?? []) {
    if (columnOf(chunk, name) === undefined) continue;
    throw taken(run, name, "is asked for as a column of the run, too", ", or give the run's column another");
  }
}

function taken(
  { id, entity, project }: TableRun,
  name: string,
  why: string,
  otherwise = "",
): InvalidArgumentError {
  const rename = otherwise === "" ? "" : `${otherwise}: columns: { ${JSON.stringify(`run.${name}`)}: ... }`;
  return new InvalidArgumentError(
    `Run ${id} of ${entity}/${project} logged a metric called ${JSON.stringify(name)}, which ${why}. ` +
      `Name the metrics you want by { keys: [...] }${rename}.`,
    { operation: "reading histories", entity, project, run: id },
  );
}
