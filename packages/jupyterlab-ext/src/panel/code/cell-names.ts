/** What the cells of a notebook have: their code, in order. */
export interface Cells {
  /** Those above the new one: they are run before it. */
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/** A notebook without code. */
export const NO_CELLS: Cells = { above: [], below: [] };

const TEXT = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^\\`])*`/;
const COMMENTS = {
  typescript: /\/\/.*|\/\*[\s\S]*?\*\//,
  python: /#.*/,
};

/** The code of cells without comments, and without cells that are in another language or go to a file (`%%bash`). */
export function plainCode(cells: readonly string[], language: keyof typeof COMMENTS): string {
  const either = new RegExp(`(${TEXT.source})|${COMMENTS[language].source}`, "g");
  return cells
    .filter((cell) => language !== "python" || !/^\s*%%/.test(cell))
    .map((cell) => cell.replace(either, (_, text: string | undefined) => text ?? " "))
    .join("\n");
}

/**
 * The first of `runs`, `runs2`, `runs3`, ... that no cell uses as a name: what people have made is never made anew.
 */
export function freeName(base: string, { above, below }: Cells, language: keyof typeof COMMENTS): string {
  const code = plainCode([...above, ...below], language);
  // What is in a text is no name, but for the values in a template.
  const names = code.replace(new RegExp(TEXT.source, "g"), (text) => (text.startsWith("`") ? text : '""'));
  const isUsed = (name: string) => new RegExp(`(?<![.\\w$])${name}(?![\\w$])`).test(names);
  let name = base;
  for (let nth = 2; isUsed(name); nth++) name = `${base}${nth}`;
  return name;
}
