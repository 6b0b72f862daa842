import { HistoryTable } from "@lazyruns/core";
import { writeParquet } from "@lazyruns/dataframes/parquet";

/* Writes a table that has no end to the file it is given, until it is killed. */
const numRows = 200_000;
const values = Float64Array.from({ length: numRows }, Math.random);
const table = HistoryTable.fromColumns(new Array(numRows).fill("r"), [
  { name: "loss", dtype: "float64", values, validity: null },
]);
const endless = {
  numRows,
  columnNames: table.columnNames,
  column: (name) => table.column(name),
  *batches() {
    for (;;) yield table;
  },
};
await writeParquet(endless, process.argv[2]);
