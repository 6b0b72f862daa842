import type { CallOptions } from "../transport/call.ts";
import { isTooMuch } from "../transport/too-much.ts";

type OnFailure = NonNullable<CallOptions["onFailure"]>;

/**
 * What a request does on each failure when less can be asked for instead: the failure is thrown as soon as it shows
 * that this was too much, since smaller requests are tried sooner than the same again and again. A server that may be
 * down for everybody is asked the same again: pieces would all fail as well, and be slow when it is back.
 *
 * @param isDivisible - whether less can be asked for
 * @param told - hears of each failure first
 */
export function orAskLess(isDivisible: boolean, told?: OnFailure): OnFailure {
  return async (error, tries, mayBeDown) => {
    await told?.(error, tries, mayBeDown);
    if (isDivisible && isTooMuch(error, mayBeDown)) throw error;
  };
}
