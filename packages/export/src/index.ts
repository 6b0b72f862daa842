import { registerHistoryExports } from "@lazyruns/core";
import { exportsReader } from "./parquet/reader.ts";

export type {
  DatasetSource,
  DatasetTable,
  ExportStream,
  Manifest,
  ManifestColumn,
  ManifestFile,
  ManifestRun,
  ManifestRunRows,
  ManifestTable,
} from "./project/dataset/manifest.ts";
export type { RunRows } from "./project/dataset/stored-file.ts";
export { exportProject } from "./project/export-project.ts";
export type { ExportResult } from "./project/export-result.ts";
export type { ExportOptions, ExportProgress } from "./project/options.ts";
export {
  type VerifyOptions,
  type VerifyProblem,
  type VerifyResult,
  verifyExport,
} from "./project/verify/verify-export.ts";

registerHistoryExports(exportsReader);
