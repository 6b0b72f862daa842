export { findWandbFiles } from "./find-files.ts";
export { WandbFileError } from "./log-reader.ts";
export { type OfflineRun, readOfflineRun } from "./offline-run.ts";
