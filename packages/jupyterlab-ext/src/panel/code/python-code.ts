import { type Cells, freeName, outerCode } from "./cell-names.ts";
import { type Literal, type LiteralStyle, literal, PYTHON_ESCAPE, stringLiteral } from "./literals.ts";
import { runPath, searchPattern, type WantedRuns } from "./wanted-runs.ts";

const quoted = (text: string) => stringLiteral(text, PYTHON_ESCAPE);
const STYLE: LiteralStyle = { text: quoted, key: quoted, padding: "", indent: "    " };

/**
 * A cell for a Python kernel that reads runs with the `wandb` client. The import and the connection are left out where a
 * cell above has them.
 */
export function pythonCode(wanted: WantedRuns, cells: Cells): string {
  const [above = "", below = ""] = [cells.above, cells.below].map((some) => outerCode(some, "python"));
  const isImported = /^import\s+wandb\s*(?:;|$)/m.test(above);
  const made = isImported ? madeApi(above) : undefined;
  const api = made ?? madeApi(below) ?? freeName("api", cells, "python");
  return [
    ...(isImported ? [] : ["import wandb", ""]),
    ...(made === undefined ? [`${api} = wandb.Api()`] : []),
    ...reading(wanted, cells, api),
  ].join("\n");
}

function madeApi(code: string): string | undefined {
  return /^(\w+)\s*=\s*wandb\.Api\(/m.exec(code)?.[1];
}

function reading(wanted: WantedRuns, cells: Cells, api: string): string[] {
  const path = runPath(wanted);
  if (path !== undefined) {
    const run = freeName("run", cells, "python");
    return [`${run} = ${api}.run(${quoted(path)})`, `${run}.name, ${run}.state, dict(${run}.summary)`];
  }
  const { query, ids } = wanted;
  const runs = freeName("runs", cells, "python");
  const filters = filtersOf(wanted);
  const hasFilters = Object.keys(filters).length > 0;
  const made = [
    `${runs} = ${api}.runs(`,
    `    ${quoted(`${query.entity}/${query.project}`)},`,
    ...(hasFilters ? [`    filters=${literal(filters, STYLE, "    ")},`] : []),
    `    order=${quoted(query.order)},`,
    ")",
  ];
  return [...made, ids === undefined ? `len(${runs})` : `[(run.id, run.name, run.state) for run in ${runs}]`];
}

function filtersOf({ query: { states, search }, ids }: WantedRuns): { readonly [key: string]: Literal } {
  if (ids !== undefined) return { name: { $in: ids } }; // the client's word for the id
  const found = { $regex: searchPattern(search) };
  return {
    ...(states.length > 0 && { state: { $in: states } }),
    ...(search !== "" && { $or: [{ displayName: found }, { name: found }] }),
  };
}
