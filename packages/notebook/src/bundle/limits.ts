/**
 * How much an output holds unless asked otherwise. A saved notebook keeps every output, and people read the first rows:
 * a handful of outputs stay under 1 MB together.
 */

/** Runs of a table. */
export const MOST_RUNS = 50;
/** Rows of a history or a frame in HTML and text, half of them from its end. */
export const MOST_ROWS = 10;
/** Points of a curve. */
export const MOST_POINTS = 200;
/** Curves of a chart. */
export const MOST_CURVES = 30;
/** Charts of an output. */
export const MOST_CHARTS = 6;
/** Config keys in a table of runs, and summary keys as many. */
export const MOST_KEYS = 8;
/** Columns of a frame or a history in HTML. */
export const MOST_COLUMNS = 20;
/** Columns of a frame or a history in the JSON. */
export const MOST_JSON_COLUMNS = 40;
/** Points of all curves of an output together, in each of its forms. */
export const MOST_POINTS_TOGETHER = 4000;
/** Values of a history or a frame in the JSON. */
export const MOST_CELLS = 6000;
/** Bytes that the columns of runs take in the JSON; what the HTML shows is in it in any case. */
export const MOST_COLUMN_BYTES = 80_000;
/** Characters of a text, or of a nested value as JSON, in the JSON. */
export const MOST_TEXT = 200;
/** And when many such values have to share the room. */
export const LEAST_TEXT = 12;
/** Bytes that the texts and nested values of a history or a frame take in the JSON. */
export const MOST_TEXT_BYTES = 150_000;
