import { ProtocolError } from "../../errors.ts";
import { type RunRef, runDetails } from "../../graphql/run.ts";
import { OPERATION } from "./ask-rows.ts";
import type { MovedMeanwhile } from "./settled.ts";

/** What a scan ends with that gave fewer rows than the server has counted. */
export function fewerRows(ref: RunRef, counted: number, missing: number): ProtocolError {
  const { service, entity, project, run } = ref;
  return new ProtocolError(
    `${service.baseUrl} gave ${counted - missing} rows of run ${run} of ${entity}/${project}, and says that it ` +
      `has ${counted}. All that it gave came before this error. Read the run again; where that comes out the same, ` +
      "{ minStep: 0 } gives what there is without counting it.",
    runDetails(ref, OPERATION),
  );
}

/** What a scan ends with whose rows went into files each time that they were read. */
export function keepsMoving(ref: RunRef, cause: MovedMeanwhile): ProtocolError {
  const { service, entity, project, run } = ref;
  return new ProtocolError(
    `${service.baseUrl} moved rows of run ${run} of ${entity}/${project} into Parquet files again and again while they ` +
      `were read. All before step ${cause.from} came before this error. Read the run again.`,
    { ...runDetails(ref, OPERATION), cause },
  );
}
