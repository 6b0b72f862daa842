import { fileURLToPath } from "node:url";
import * as lazyruns from "@lazyruns/notebook";
import ts from "typescript";

const PACKAGES = fileURLToPath(new URL("../../packages/", import.meta.url)).replaceAll("\\", "/");
const DECLARATIONS = `${PACKAGES}notebook/dist/index.d.cts`;

/** What a package exports. */
interface Exported {
  readonly name: string;
  readonly isType: boolean;
  readonly isValue: boolean;
  /** How many type parameters must be given. */
  readonly parameters: number;
  /** The public members of what the type describes, as far as an identifier names them; none of another library's. */
  readonly members: readonly string[];
}

/**
 * The code of a cell that has a variable of each type that the package exports, and one of each member of each type,
 * whose types the compiler must infer: tslab writes declarations of every cell, and refuses a type that has no name there.
 */
export function everyTypeCell(): string {
  const lines = exportsOf(DECLARATIONS).flatMap(({ name, isType, isValue, parameters, members }) => {
    const type = `lazyruns.${name}${parameters === 0 ? "" : `<${Array(parameters).fill("any").join(", ")}>`}`;
    return [
      ...(isValue ? [`const value_${name} = lazyruns.${name};`] : []),
      ...(isType ? [`const a_${name} = null as ${type};`] : []),
      ...members.map((member) => `const a_${name}_${member} = a_${name}?.${member};`),
    ];
  });
  return ['import * as lazyruns from "@lazyruns/notebook";', ...lines].join("\n");
}

/** How many types the package exports. */
export function countTypes(): number {
  return exportsOf(DECLARATIONS).filter(({ isType }) => isType).length;
}

function exportsOf(file: string): Exported[] {
  const program = ts.createProgram([file], {
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} isn't there: build first`);
  return checker.getExportsOfModule(module).map((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const isType = (symbol.flags & ts.SymbolFlags.Type) !== 0;
    const type = isType ? checker.getDeclaredTypeOfSymbol(symbol) : undefined;
    return {
      name: exported.name,
      isType,
      isValue: exported.name in lazyruns, // a class may be exported as a type only
      parameters: requiredParameters(symbol),
      members: type === undefined ? [] : publicMembers(type),
    };
  });
}

function requiredParameters(symbol: ts.Symbol): number {
  for (const declaration of symbol.declarations ?? []) {
    if (!("typeParameters" in declaration)) continue;
    const parameters = declaration.typeParameters as readonly ts.TypeParameterDeclaration[] | undefined;
    return (parameters ?? []).filter((parameter) => parameter.default === undefined).length;
  }
  return 0;
}

function publicMembers(type: ts.Type): string[] {
  if (!(type.flags & ts.TypeFlags.Object)) return [];
  const isOurs = (type.symbol?.declarations ?? []).some((declaration) =>
    declaration.getSourceFile().fileName.startsWith(PACKAGES),
  );
  if (!isOurs) return [];
  return type
    .getProperties()
    .filter((member) => /^[A-Za-z_$][\w$]*$/.test(member.name))
    .filter((member) =>
      (member.declarations ?? []).every(
        (declaration) =>
          !(
            ts.getCombinedModifierFlags(declaration) &
            (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)
          ),
      ),
    )
    .map((member) => member.name);
}
