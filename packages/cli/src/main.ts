import { CommanderError } from "commander";
import { type Context, makeContext } from "./context.ts";
import { EXIT } from "./exit-codes.ts";
import { failureLines, failureOf } from "./failure.ts";
import { Interrupted, watchEnd } from "./interrupted.ts";
import { ReaderGone } from "./output/sink.ts";
import { StdoutSink } from "./output/stdout-sink.ts";
import { makeProgram } from "./program.ts";
import { usageText } from "./usage-text.ts";

/** Runs the command line. Never rejects: `process.exitCode` says how it ended. */
export async function main(argv: readonly string[]): Promise<void> {
  const end = watchEnd();
  const context = makeContext(end.signal);
  try {
    await run(argv, context);
    process.exitCode = context.exitCode;
  } catch (error) {
    const reason = end.signal.aborted ? end.signal.reason : error;
    process.exitCode = tell(reason, context, argv);
  } finally {
    context.progress.clear();
  }
  if (end.signal.aborted) process.exit(); // at once: what is still under way goes with it
}

async function run(argv: readonly string[], context: Context): Promise<void> {
  try {
    await makeProgram(context).parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
    await new StdoutSink(context.signal, () => undefined).close(); // the parser has written help, or the version
  }
}

/** Says what went wrong; gives the exit code. */
function tell(error: unknown, context: Context, argv: readonly string[]): number {
  if (error instanceof ReaderGone) return EXIT.ok;
  if (error instanceof Interrupted) {
    context.progress.clear();
    if (context.onInterrupt !== undefined) context.say(context.onInterrupt);
    return error.exitCode;
  }
  if (error instanceof CommanderError) return tellUsage(error, argv);
  context.progress.clear();
  const { exitCode, message } = failureOf(error);
  if (message !== undefined) {
    process.stderr.write(failureLines(error, message, Boolean(process.env.LAZYRUNS_DEBUG)));
  }
  return exitCode;
}

/** What the parser says. */
function tellUsage(error: CommanderError, argv: readonly string[]): number {
  if (error.code !== "commander.help") {
    process.stderr.write(failureLines(error, usageText(error.message, argv), false));
  }
  return EXIT.usage;
}
