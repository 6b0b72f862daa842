import { RECORD, RUN } from "./fields.ts";
import { Message } from "./message.ts";
import { readLog } from "./read-log.ts";
import { inSeconds, timestamp } from "./timestamp.ts";

/**
 * When the process that wrote a `.wandb` file began, in seconds since 1970: no more is read of the file than that
 * takes. Infinity for a file that doesn't say, or can't be read.
 */
export async function startOfRun(path: string): Promise<number> {
  try {
    for await (const bytes of readLog(path, () => undefined)) {
      const start = new Message(bytes).message(RECORD.run)?.message(RUN.startTime);
      if (start) return inSeconds(timestamp(start));
    }
  } catch {
    // What is wrong with the file is told when all of it is read.
  }
  return Number.POSITIVE_INFINITY;
}
