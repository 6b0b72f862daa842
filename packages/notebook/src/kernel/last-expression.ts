const EXECUTOR = /[\\/]tslab[\\/]dist[\\/]executor\.js/;

/** As many frames as lie between tslab and an inspected value, and some more. */
const FRAMES = 40;

/**
 * Whether what is being inspected is the value of tslab's cell: its last expression, which tslab hands to `console.log`
 * itself. Neither a call of `console.log` in the cell nor a value inside of another one is.
 */
export function isLastExpression(): boolean {
  const frames = callers();
  const log = frames.findIndex((frame) => /\bconsole\.log\b/.test(frame));
  if (log < 0 || !EXECUTOR.test(frames[log + 1] ?? "")) return false;
  return frames.slice(0, log).filter((frame) => /\bformatValue\b/.test(frame)).length === 1;
}

function callers(): string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const { stack } = new Error();
  Error.stackTraceLimit = limit;
  return String(stack).split("\n").slice(1);
}
