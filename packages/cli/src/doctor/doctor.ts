import type { Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import type { ConnectionOptions } from "../options/connection.ts";
import { escapedJson } from "../output/json-text.ts";
import { openSink } from "../output/write-rows.ts";
import { type Check, type Finding, failed } from "./check.ts";
import { checkConnection } from "./connection.ts";
import { checkExtension } from "./extension.ts";
import { checkFrames } from "./frames.ts";
import { jupyterPaths } from "./jupyter-paths.ts";
import { checkKernels } from "./kernels.ts";
import { checkNode } from "./node.ts";
import { checkPackages } from "./packages.ts";
import { reportText } from "./report.ts";

/** What `lazyruns doctor` was told. */
export interface DoctorOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** Checks everything, says what to do, and ends with 1 where there is a problem. */
export async function doctor(options: DoctorOptions, context: Context): Promise<void> {
  context.progress.wanted(options.progress);
  context.progress.update("checking...");
  const parts = await Promise.all([
    named("Node", checkNode),
    named("packages", checkPackages),
    checkConnection(options, context),
    named("polars", () => checkFrames("polars")),
    named("danfo", () => checkFrames("danfo")),
    checkJupyter(),
  ]);
  context.signal.throwIfAborted();
  context.progress.clear();
  const checks = parts.flat();
  const isWell = checks.every(({ level }) => level !== "problem");
  const sink = await openSink({}, context);
  await sink.write(
    options.json
      ? `${escapedJson(JSON.stringify({ ok: isWell, checks }, null, 2))}\n`
      : reportText(checks, process.stdout),
  );
  await sink.close();
  context.exitCode = isWell ? EXIT.ok : EXIT.failed;
}

async function checkJupyter(): Promise<Check[]> {
  const paths = await jupyterPaths();
  const jupyter: Finding = paths.isSaid
    ? { level: "ok", message: "on the PATH" }
    : {
        level: "warning",
        message: "there is no `jupyter` on the PATH, or it doesn't work",
        advice: "Only notebooks need it: pip install jupyterlab, and activate its environment.",
      };
  return [
    { name: "Jupyter", ...jupyter },
    ...checkKernels(paths),
    ...(await named("JupyterLab extension", () => checkExtension(paths))),
  ];
}

/** A check that fails itself is a problem, too, and doesn't end the others. */
async function named(name: string, check: () => Finding | Promise<Finding>): Promise<Check[]> {
  try {
    return [{ name, ...(await check()) }];
  } catch (error) {
    return [{ name, ...failed(error) }];
  }
}
