import { type Cells, freeName, outerCode } from "./cell-names.ts";
import { type Literal, type LiteralStyle, literal, stringLiteral } from "./literals.ts";
import { runPath, searchPattern, type WantedRuns } from "./wanted-runs.ts";

/** How many rows `lazyruns.show()` shows by itself. */
const SHOWN_ROWS = 50;
const MODULE = "@lazyruns/notebook";
const STYLE: LiteralStyle = {
  text: stringLiteral,
  key: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name)),
  padding: " ",
  indent: "  ",
};

/**
 * A cell for a kernel of TypeScript or JavaScript that reads runs and shows them. The import and the connection are left
 * out where a cell above has them.
 */
export function typescriptCode(wanted: WantedRuns, cells: Cells): string {
  const [above, below] = [cells.above, cells.below].map((some) => outerCode(some, "typescript", MODULE));
  const imported = importedAs(above);
  const lazyruns = imported ?? importedAs(below) ?? freeName("lazyruns", cells, "typescript");
  const made = imported && madeApi(above, imported);
  const api = made ?? madeApi(below, lazyruns) ?? freeName("api", cells, "typescript");
  return [
    ...(imported === undefined ? [`import * as ${lazyruns} from "@lazyruns/notebook";`, ""] : []),
    ...(made === undefined ? [`const ${api} = new ${lazyruns}.Api();`] : []),
    ...reading(wanted, cells, api, lazyruns),
  ].join("\n");
}

function importedAs(code = ""): string | undefined {
  return /^\s*import\s+\*\s+as\s+([\w$]+)\s+from\s+(["'])@lazyruns\/notebook\2/m.exec(code)?.[1];
}

function madeApi(code: string | undefined, lazyruns: string): string | undefined {
  const name = lazyruns.replaceAll("$", "\\$");
  const pattern = `^\\s*(?:const|let|var)\\s+([\\w$]+)\\s*(?::[^=\\n]+)?=\\s*new\\s+${name}\\.Api\\(`;
  return new RegExp(pattern, "m").exec(code ?? "")?.[1];
}

function reading(wanted: WantedRuns, cells: Cells, api: string, lazyruns: string): string[] {
  const path = runPath(wanted);
  if (path !== undefined) {
    const run = freeName("run", cells, "typescript");
    return [`const ${run} = await ${api}.run(${stringLiteral(path)});`, `await ${lazyruns}.show(${run});`];
  }
  const { query, ids } = wanted;
  const runs = freeName("runs", cells, "typescript");
  const project = stringLiteral(`${query.entity}/${query.project}`);
  const filters = filtersOf(wanted);
  const hasFilters = Object.keys(filters).length > 0;
  const start = `const ${runs} = ${api}.runs(${project}, `;
  const options = literal({ ...(hasFilters && { filters }), order: query.order }, STYLE, "", start.length);
  const shown = ids !== undefined && ids.length > SHOWN_ROWS ? `${runs}, { maxRows: ${ids.length} }` : runs;
  return [`${start}${options});`, `await ${lazyruns}.show(${shown});`];
}

function filtersOf({ query: { states, search }, ids }: WantedRuns): { readonly [key: string]: Literal } {
  if (ids !== undefined) return { id: ids.length === 1 ? (ids[0] as string) : { $in: ids } };
  const found = { $regex: searchPattern(search) };
  return {
    ...(states.length > 0 && { state: states.length === 1 ? (states[0] as string) : { $in: states } }),
    ...(search !== "" && { $or: [{ displayName: found }, { id: found }] }),
  };
}
