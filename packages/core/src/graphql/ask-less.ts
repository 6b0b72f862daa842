import type { CallOptions } from "../transport/call.ts";
import { isTooMuch } from "../transport/too-much.ts";

type OnFailure = NonNullable<CallOptions["onFailure"]>;

/**
 * What a request does on each failure when less can be asked for instead: the failure is thrown as soon as it shows
 * that this was too much, since smaller requests are tried sooner than the same again and again.
 *
 * @param isDivisible - whether less can be asked for
 * @param told - hears of each failure first
 */
export function orAskLess(isDivisible: boolean, told?: OnFailure): OnFailure {
  return async (error, tries) => {
    await told?.(error, tries);
    if (isDivisible && isTooMuch(error)) throw error;
  };
}
