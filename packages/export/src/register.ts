import { registerHistoryExports } from "@lazyruns/core";
import { Cache } from "./cache/cache.ts";
import { cacheSettings } from "./cache/folder.ts";
import { OpenedFiles } from "./parquet/opened-files.ts";

registerHistoryExports({ open: (run, signal) => OpenedFiles.open(run, new Cache(cacheSettings()), signal) });
