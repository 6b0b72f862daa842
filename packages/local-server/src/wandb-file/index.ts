export { findWandbFiles } from "./find-files.ts";
export type { OfflineFile, OfflineRun } from "./offline-run.ts";
export { readOfflineRun } from "./read-offline-run.ts";
export { startOfRun } from "./start-of-run.ts";
export { WandbFileError } from "./wandb-file-error.ts";
