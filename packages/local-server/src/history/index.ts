export { fullHistory, type HistoryRange } from "./full-history.ts";
export { historyKeys } from "./history-keys.ts";
export { rawMembers as rowMembers } from "./raw-members.ts";
export { sortedRow, stepOf } from "./row.ts";
export { sampleIndexes, sampleRows } from "./sample.ts";
export { parseSpec, sampledHistory } from "./sampled-history.ts";
