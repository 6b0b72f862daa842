import type { VerifyOptions, VerifyResult } from "@lazyruns/export";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { jsonText } from "../output/json-text.ts";
import { safeText } from "../output/people/safe-text.ts";
import { openSink } from "../output/write-rows.ts";
import { counted, listed, sized } from "./counted.ts";

/** What `lazyruns verify` was told. */
export interface VerifyCommandOptions {
  readonly offline?: boolean;
  readonly json?: boolean;
  readonly progress?: boolean;
}

/** Checks a dataset and says what is wrong with it. */
export async function verify(folder: string, options: VerifyCommandOptions, context: Context): Promise<void> {
  context.progress.wanted(options.progress);
  const { result, text } = await checkDataset(folder, { server: !options.offline }, context);
  const sink = await openSink({}, context);
  await sink.write(options.json ? `${jsonText(result)}\n` : text);
  await sink.close();
}

/** The same, for who says it themselves. Where something is wrong, the command fails. */
export async function checkDataset(
  folder: string,
  options: VerifyOptions,
  context: Context,
): Promise<{ readonly result: VerifyResult; readonly text: string }> {
  const { verifyExport } = await import("@lazyruns/export");
  const result = await verifyExport(folder, {
    ...options,
    signal: context.signal,
    onProgress: ({ done, total }) => context.progress.update(`checking: ${done} of ${total} files`),
  });
  if (!result.ok) context.exitCode = EXIT.failed;
  return { result, text: resultText(result) };
}

function resultText({ ok, problems, files, bytes, runs, rows, behind, vanished }: VerifyResult): string {
  const what = `${counted(files, "file")} (${sized(bytes)}), ${counted(runs, "run")}, ${counted(rows, "row")} of history`;
  const lines = ok
    ? [`verified: ${what}`]
    : [`wrong, of ${what}:`, ...problems.map(({ message }) => `  ${safeText(message)}`)];
  if (behind.length > 0) lines.push(`newer on the server, for the next export: ${listed(behind)}`);
  if (vanished.length > 0) lines.push(`not on the server any more: ${listed(vanished)}`);
  return `${lines.join("\n")}\n`;
}
