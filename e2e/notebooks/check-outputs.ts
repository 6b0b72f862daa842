import { type Bundle, type Cell, type Notebook, type Output, textOf } from "./notebook-file.ts";
import { HISTORY, RUNS, schemaProblems, VEGA_LITE } from "./output-schemas.ts";
import { htmlProblems } from "./static-html.ts";

const HTML = "text/html";

/** What a tag promises: an output, and the MIME types it comes in besides text. */
const PROMISES: Readonly<Record<string, readonly string[]>> = {
  "shows-runs": [RUNS, HTML],
  "shows-history": [HISTORY, HTML],
  "shows-chart": [HISTORY, HTML, VEGA_LITE],
  "shows-interactive-chart": [HISTORY, VEGA_LITE],
};
const SAYS = "shows-text";

/** What of a run notebook isn't as its cells promise: empty when all is well. */
export function outputProblems({ cells }: Notebook): string[] {
  return cells.flatMap((cell, index) => cellProblems(cell).map((problem) => `cell ${index}: ${problem}`));
}

function cellProblems({ outputs = [], metadata: { tags = [] } }: Cell): string[] {
  const bundles = outputs.flatMap((output) => ("data" in output ? [output.data] : []));
  const shown = bundles.filter(isRich).map((bundle) => Object.keys(bundle).sort().join(" "));
  const promised = tags.flatMap((tag) => {
    const mimes = PROMISES[tag];
    return mimes === undefined ? [] : [[...mimes, "text/plain"].sort().join(" ")];
  });
  return [
    ...(String(shown) === String(promised) ? [] : [`shows [${shown}] and promises [${promised}]`]),
    ...(tags.includes(SAYS) === outputs.some(isSaid) ? [] : [`${SAYS} is ${tags.includes(SAYS)}`]),
    ...outputs.flatMap(complaints),
    ...bundles.flatMap(bundleProblems),
  ];
}

/** Whether it is a value of ours that is shown, and not a line of progress or text. */
function isRich(bundle: Bundle): boolean {
  return Object.keys(bundle).some((mime) => mime.startsWith("application/"));
}

function isSaid(output: Output): boolean {
  if (output.output_type === "stream") return output.name === "stdout" && textOf(output.text).trim() !== "";
  return output.output_type === "execute_result" && !isRich(output.data);
}

function complaints(output: Output): string[] {
  if (output.output_type === "error") return [`${output.ename}: ${output.evalue}`];
  if (output.output_type === "stream" && output.name === "stderr") return [`stderr: ${textOf(output.text)}`];
  return [];
}

function bundleProblems(bundle: Bundle): string[] {
  return Object.entries(bundle).flatMap(([mime, data]) => {
    if (mime === "text/html") return textOf(data).trim() === "" ? ["empty HTML"] : htmlProblems(textOf(data));
    if (mime === "text/plain") return textOf(data).trim() === "" ? ["empty text"] : [];
    if (mime === VEGA_LITE) return vegaProblems(data);
    return schemaProblems(mime, data);
  });
}

function vegaProblems(spec: unknown): string[] {
  const { $schema, data, concat = [{ data }] } = spec as VegaLite;
  const isWhole =
    $schema === "https://vega.github.io/schema/vega-lite/v5.json" &&
    concat.length > 0 &&
    concat.every((view) => view.data !== undefined && "values" in view.data);
  return isWhole ? [] : ["a Vega-Lite chart without its schema or its data"];
}

/** A chart, or several: each has its own data. */
interface VegaLite {
  readonly $schema?: string;
  readonly data?: object;
  readonly concat?: readonly { readonly data?: object }[];
}
