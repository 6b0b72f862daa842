import { InvalidArgumentError } from "../errors.ts";
import { FIELDS, type Field } from "./fields.ts";
import { similar } from "./similar.ts";

/** A name that was asked for: its field, and what the server is told. */
export interface NamedField {
  readonly field: Field;
  readonly wire: string;
}

const PLAIN = new Map<string, NamedField>();
const FAMILIES: { readonly prefix: string; readonly named: NamedField }[] = [];
for (const field of FIELDS as readonly Field[]) {
  const names = [field.wire, ...field.also].map((name) => [name, name] as const);
  for (const [name, wire] of [...names, ...field.aliases.map((alias) => [alias, field.wire] as const)]) {
    if (name.endsWith(".")) FAMILIES.push({ prefix: name, named: { field, wire } });
    else PLAIN.set(name, { field, wire });
  }
}

/** The field of a name, or `undefined` when there is none. The user's key in it stays as it is. */
export function fieldNamed(name: string): NamedField | undefined {
  const plain = PLAIN.get(name);
  if (plain !== undefined) return plain;
  const family = FAMILIES.find(({ prefix }) => name.startsWith(prefix) && name.length > prefix.length);
  if (family === undefined) return undefined;
  return { field: family.named.field, wire: family.named.wire + name.slice(family.prefix.length) };
}

/** @throws InvalidArgumentError that names the fields there are, and what may have been meant. */
export function refuseField(name: string, at: string): never {
  const names = FIELDS.map(({ wire }) => (wire.endsWith(".") ? `${wire}KEY` : wire)).join(", ");
  throw new InvalidArgumentError(
    `${at} has no field ${JSON.stringify(name)}; there are: ${names}.${hint(name)}`,
  );
}

function hint(name: string): string {
  const [near = ""] = similar(name, [...PLAIN.keys()]);
  const named = PLAIN.get(near);
  if (named !== undefined) return ` Did you mean ${JSON.stringify(near)} (${named.field.what})?`;
  if (!/^\w[\w/-]*$/.test(name)) return "";
  return ` A hyper-parameter is "config.${name}", a metric "summary_metrics.${name}".`;
}
