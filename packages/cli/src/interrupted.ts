import { EXIT } from "./exit-codes.ts";
import { asGone } from "./output/stdout-sink.ts";

/** The user, or the system, ended the command. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`Ended by ${signal}.`);
    this.exitCode = signal === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  }
}

/** What was begun gets this long to leave nothing half behind, in milliseconds. */
const GRACE = 3_000;

/** Watches for what ends a command early: signals, and a reader of the output that is gone. */
export function watchEnd(): { readonly signal: AbortSignal } {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      const reason = new Interrupted(signal);
      if (controller.signal.aborted) process.exit(reason.exitCode); // the second time, at once
      controller.abort(reason);
      setTimeout(() => process.exit(reason.exitCode), GRACE).unref();
    });
  }
  process.stdout.on("error", (error: NodeJS.ErrnoException) => controller.abort(asGone(error)));
  process.stderr.on("error", () => undefined); // nobody hears the messages; the data still counts
  return { signal: controller.signal };
}
