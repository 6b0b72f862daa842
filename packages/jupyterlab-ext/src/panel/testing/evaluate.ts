import ts from "typescript";

type Call = readonly [name: string, ...values: unknown[]];

/** What a generated cell does: the calls that it makes, in order. */
export async function callsOf(code: string): Promise<Call[]> {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true);
  const flaws = ts.transpileModule(code, { reportDiagnostics: true }).diagnostics ?? [];
  if (flaws.length > 0) throw new SyntaxError(JSON.stringify(flaws.map(({ messageText }) => messageText)));
  const rest = file.statements.filter((statement) => !ts.isImportDeclaration(statement));
  const calls: Call[] = [];
  class Api {
    constructor() {
      calls.push(["Api"]);
    }
    runs(...values: unknown[]) {
      calls.push(["runs", ...values]);
      return "some runs";
    }
    async run(...values: unknown[]) {
      calls.push(["run", ...values]);
      return "a run";
    }
  }
  const lazyruns = { Api, show: async (...values: unknown[]) => void calls.push(["show", ...values]) };
  const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
  const body = rest.map((statement) => statement.getText()).join("\n");
  await new AsyncFunction("lazyruns", body)(lazyruns);
  return calls;
}

/** Which kinds of statements a cell has. */
export function statementsOf(code: string): string[] {
  const { statements } = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true);
  return statements.map(({ kind }) => ts.SyntaxKind[kind]);
}
