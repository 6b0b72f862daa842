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

type Language = keyof typeof COMMENTS;

/** The code of cells without comments. */
export function plainCode(cells: readonly string[], language: Language): string {
  const either = new RegExp(`(${TEXT.source})|${COMMENTS[language].source}`, "g");
  return cells.map((cell) => cell.replace(either, (_, text: string | undefined) => text ?? " ")).join("\n");
}

/** Magics over a cell after which what it imports and makes is there, in IPython. */
const RUN_HERE = /^(?:time|capture|prun)\b/;

/**
 * What the cells make for all cells: without comments, texts, what is inside a block or a function, and cells that are
 * in another language, go to a file or keep what they make to themselves (`%%bash`, `%%writefile`, `%%timeit`).
 *
 * @param kept - the one text that stays as it is
 */
export function outerCode(cells: readonly string[], language: Language, kept = ""): string {
  const isRunHere = (cell: string) => {
    const magic = language === "python" ? /^\s*%%(.*)/.exec(cell)?.[1] : undefined;
    return magic === undefined || RUN_HERE.test(magic);
  };
  const code = plainCode(cells.filter(isRunHere), language).replace(new RegExp(TEXT.source, "g"), (text) =>
    text.slice(1, -1) === kept ? text : '""',
  );
  return language === "python" ? code : withoutBlocks(code);
}

/** Takes out what stands in braces, from the innermost on. */
function withoutBlocks(code: string): string {
  const less = code.replace(/\{[^{}]*\}/g, " ");
  return less === code ? code : withoutBlocks(less);
}

/**
 * The first of `runs`, `runs2`, `runs3`, ... that no cell uses as a name: what people have made is never made anew.
 */
export function freeName(base: string, { above, below }: Cells, language: Language): string {
  const code = plainCode([...above, ...below], language);
  // What is in a text is no name, but for the values in a template.
  const names = code.replace(new RegExp(TEXT.source, "g"), (text) => (text.startsWith("`") ? text : '""'));
  const isUsed = (name: string) => new RegExp(`(?<![.\\w$])${name}(?![\\w$])`).test(names);
  let name = base;
  for (let nth = 2; isUsed(name); nth++) name = `${base}${nth}`;
  return name;
}
