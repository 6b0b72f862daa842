/** A value as it was logged: JSON, and besides it `NaN`, the infinities, and bigints beyond 2^53. */
export type RunValue = null | boolean | number | bigint | string | RunValue[] | { [key: string]: RunValue };

/** Named values of a run: its config, its summary or its system metrics. */
export type RunValues = Readonly<Record<string, RunValue>>;
