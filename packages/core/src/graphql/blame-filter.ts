import { show } from "../arguments.ts";
import { type ErrorDetails, InvalidArgumentError, ServerError } from "../errors.ts";
import { COMPARISONS, LOGICAL } from "../filters/operators.ts";
import { doing } from "../transport/details.ts";

/** Another than these gives HTTP 500. */
const OPERATORS = [...LOGICAL, ...COMPARISONS].join(" ");

/**
 * For a request with the user's filter, which a server answers with HTTP 500 when it can't take the filter: after the
 * second one, asks once without it. Where that works, the filter is blamed; otherwise the 500 is like any other.
 *
 * @param filters - the filter as it is sent; none makes none to blame
 * @param askWithout - asks the same, or less, without the filter; once, with `maxRetries: 0`
 * @returns what `GraphqlRequest.onFailure` takes. It throws InvalidArgumentError that names the filter.
 */
export function blameFilter(
  filters: string | null | undefined,
  details: ErrorDetails,
  askWithout: () => Promise<unknown>,
): ((error: Error, tries: number) => Promise<void>) | undefined {
  if (!filters || filters === "{}") return undefined;
  let failures = 0;
  return async (error) => {
    if (!(error instanceof ServerError) || error.status !== 500 || ++failures !== 2) return;
    try {
      await askWithout();
    } catch {
      return;
    }
    throw new InvalidArgumentError(
      `The server can't take the filter ${show(filters)}, ${doing(details)}: it answers HTTP 500 to it, and answers ` +
        `well without it. It takes these operators: ${OPERATORS} (a regular expression in RE2's syntax). Check them, ` +
        "the names of the fields, and that each value has its field's type.",
      { ...details, status: 500, tries: error.tries, cause: error },
    );
  };
}
