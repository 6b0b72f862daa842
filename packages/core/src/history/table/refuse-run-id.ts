import { InvalidArgumentError } from "../../errors.ts";
import { type Chunk, columnOf } from "./chunk.ts";

/** A run, as far as a table and its errors name it. */
export interface TableRun {
  readonly id: string;
  readonly entity: string;
  readonly project: string;
}

/** @throws InvalidArgumentError when a metric has the name that is the run's own in rows and columns. */
export function refuseRunIdMetric({ id, entity, project }: TableRun, chunk: Chunk): void {
  if (columnOf(chunk, "run_id") === undefined) return;
  throw new InvalidArgumentError(
    `Run ${id} of ${entity}/${project} logged a metric called "run_id", which is the record's own field for the run's ` +
      "id. Name the metrics you want by { keys: [...] }.",
    { operation: "reading histories", entity, project, run: id },
  );
}
