import { LazyrunsError, NotFoundError, ProtocolError, ServerError, TimeoutError } from "../../errors.ts";
import { OPERATION } from "./ask-rows.ts";

/** Whether an error is about one run, so that the others may still be had. */
export function isOfRun(error: unknown, run: string): error is LazyrunsError {
  if (!(error instanceof LazyrunsError) || error.run !== run) return false;
  return (
    error instanceof NotFoundError ||
    error instanceof ProtocolError ||
    error instanceof ServerError ||
    (error instanceof TimeoutError && error.limit === "timeout") ||
    error.name === "LazyrunsError" // of who reads the run's files
  );
}

/** Whether an error about a run says that the run is gone, and not one of its files. */
export function isDeleted(error: LazyrunsError): boolean {
  return error instanceof NotFoundError && error.operation === OPERATION;
}
