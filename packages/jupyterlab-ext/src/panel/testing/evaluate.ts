import ts from "typescript";

type Call = readonly [name: string, ...values: unknown[]];

/** A cell's statements, as TypeScript parses them. @throws SyntaxError where it can't */
function statementsIn(code: string): readonly ts.Statement[] {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true);
  // Public only by way of a whole program, which takes a second.
  const { parseDiagnostics: flaws } = file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  if (flaws.length > 0) throw new SyntaxError(JSON.stringify(flaws.map(({ messageText }) => messageText)));
  return file.statements;
}

/** What a generated cell does: the calls that it makes, in order. */
export async function callsOf(code: string): Promise<Call[]> {
  const rest = statementsIn(code).filter((statement) => !ts.isImportDeclaration(statement));
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
  return statementsIn(code).map(({ kind }) => ts.SyntaxKind[kind]);
}
