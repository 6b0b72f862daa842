import type { ExportRow } from "../store/exports.ts";
import type { Context } from "./context.ts";

/** Where a Parquet file is got, by a token in place of a key: those who read parts of it send none. */
export function exportUrl({ run_id, number }: ExportRow, { baseUrl, store }: Context): string {
  return `${baseUrl}/exports/${run_id}/${store.exports.token(run_id, number)}/${number}.parquet`;
}
