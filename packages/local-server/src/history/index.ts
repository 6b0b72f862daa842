export { fullHistory, type HistoryRange } from "./full-history.ts";
export { historyKeys } from "./history-keys.ts";
export { sortedRow, stepOf } from "./row.ts";
export { rowMembers } from "./row-members.ts";
export { sampleRows } from "./sample.ts";
export { parseSpec, sampledHistory } from "./sampled-history.ts";
