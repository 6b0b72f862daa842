import { safeText } from "./output/people/safe-text.ts";
import { ProgressLine } from "./progress.ts";

/** What every command has at hand. */
export interface Context {
  /** Aborted by Ctrl-C, by SIGTERM, and when nobody reads the output any more. */
  readonly signal: AbortSignal;
  readonly progress: ProgressLine;
  /** A message for the user, on standard error. */
  say(message: string): void;
  /** The same of what went otherwise than expected and stopped nothing; each is said once. */
  warn(message: string): void;
  /** How the command ends when nothing throws. */
  exitCode: number;
  /** What is said when the user interrupts it. */
  onInterrupt: string | undefined;
}

/** What a command has at hand, with its messages on standard error. */
export function makeContext(signal: AbortSignal): Context {
  const progress = new ProgressLine(process.stderr);
  const warned = new Set<string>();
  const say = (message: string) => {
    progress.clear();
    process.stderr.write(`${message.split("\n").map(safeText).join("\n")}\n`);
  };
  return {
    signal,
    progress,
    say,
    warn(message) {
      if (warned.has(message)) return;
      warned.add(message);
      say(`warning: ${message}`);
    },
    exitCode: 0,
    onInterrupt: undefined,
  };
}
