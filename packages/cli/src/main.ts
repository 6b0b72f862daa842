import { CommanderError } from "commander";
import { type Context, makeContext } from "./context.ts";
import { EXIT } from "./exit-codes.ts";
import { failureLines, failureOf } from "./failure.ts";
import { Interrupted, watchEnd } from "./interrupted.ts";
import { ReaderGone } from "./output/sink.ts";
import { makeProgram } from "./program.ts";

/** Runs the command line. Never rejects: `process.exitCode` says how it ended. */
export async function main(argv: readonly string[]): Promise<void> {
  const end = watchEnd();
  const context = makeContext(end.signal);
  try {
    await makeProgram(context).parseAsync([...argv], { from: "user" });
    process.exitCode = context.exitCode;
  } catch (error) {
    const reason = end.signal.aborted ? end.signal.reason : error;
    process.exitCode = tell(reason, context);
  } finally {
    context.progress.clear();
  }
  if (end.signal.aborted) process.exit(); // at once: what is still under way goes with it
}

/** Says what went wrong; gives the exit code. */
function tell(error: unknown, context: Context): number {
  if (error instanceof ReaderGone) return EXIT.ok;
  if (error instanceof Interrupted) {
    context.progress.clear();
    if (context.onInterrupt !== undefined) context.say(context.onInterrupt);
    return error.exitCode;
  }
  if (error instanceof CommanderError) return tellUsage(error);
  context.progress.clear();
  const { exitCode, message } = failureOf(error);
  if (message !== undefined) {
    process.stderr.write(failureLines(error, message, Boolean(process.env.LAZYRUNS_DEBUG)));
  }
  return exitCode;
}

/** What the parser says: help and the version are printed already, a usage error isn't. */
function tellUsage(error: CommanderError): number {
  if (error.exitCode === 0) return EXIT.ok;
  if (error.code !== "commander.help") {
    const text = error.message.replace(/^error: /, "");
    process.stderr.write(
      failureLines(error, `${text}\nSee lazyruns --help, or --help behind a command.`, false),
    );
  }
  return EXIT.usage;
}
