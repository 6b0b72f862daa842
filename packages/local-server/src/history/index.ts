export { HistoryKeys } from "./history-keys.ts";
export { rawAt, sortedKeys, sortedRow, stepOf, stepOfLine, strictJson } from "./row.ts";
export { rowMembers } from "./row-members.ts";
export { sampleIndexes, sampleRows } from "./sample.ts";
export { type HistorySpec, hasSteps, holdsKeys, parseSpec, sampledHistory } from "./sampled-history.ts";
