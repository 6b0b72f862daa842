/**
 * Lays rows out as text: a head, a rule, columns as wide as their widest cell, numbers to the right.
 *
 * @param {readonly Record<string, unknown>[]} rows the first one names the columns
 * @returns {string}
 */
export function textTable(rows) {
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => columns.map((column) => show(row[column])));
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const isNumeric = columns.map((column) =>
    rows.every((row) => row[column] === undefined || typeof row[column] === "number"),
  );
  const line = (/** @type {readonly string[]} */ texts) =>
    texts
      .map((text, index) =>
        isNumeric[index] ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [line(columns), widths.map((width) => "─".repeat(width)).join("  "), ...cells.map(line)].join("\n");
}

/** @param {unknown} value */
function show(value) {
  if (value === undefined || value === null) return "";
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return Math.abs(value) < 1e-4 || Math.abs(value) >= 1e6 ? value.toExponential(2) : value.toPrecision(4);
}
