import type { HistoryExports } from "@lazyruns/core";
import { Cache } from "../cache/cache.ts";
import { cacheSettings } from "../cache/folder.ts";
import { OpenedFiles } from "./opened-files.ts";

/** Reads exported histories, by the cache that the environment names. */
export const exportsReader: HistoryExports = {
  open: async (run, signal) => OpenedFiles.open(run, new Cache(cacheSettings()), signal),
};
