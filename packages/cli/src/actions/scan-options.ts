import { CommandError } from "../command-error.ts";
import { EXIT } from "../exit-codes.ts";
import type { HistoriesCommandOptions } from "./histories.ts";

/** Refuses options that don't go together, before anything is asked for. */
export function checkScanOptions(options: HistoriesCommandOptions): void {
  const { all, samples, xAxis, minStep, maxStep, stream } = options;
  if (all) {
    refuse("--samples", samples, "--all takes every row: leave one of them out.");
    refuse("--x-axis", xAxis, "--all takes rows in the order of their steps.");
    if (stream === "system") {
      refuse("--min-step", minStep, "The system stream has no steps.");
      refuse("--max-step", maxStep, "The system stream has no steps.");
    }
  } else {
    refuse("--min-step", minStep, "It goes with --all.");
    refuse("--max-step", maxStep, "It goes with --all.");
  }
}

function refuse(option: string, value: unknown, why: string): void {
  if (value !== undefined) throw new CommandError(`${option} can't be given here. ${why}`, EXIT.usage);
}
