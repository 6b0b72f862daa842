import { GraphQLError, type GraphQLScalarType, type GraphQLSchema, valueFromASTUntyped } from "graphql";

/** How the values of W&B's own scalar types are taken from a client. */
const INPUTS: Readonly<Record<string, (value: unknown) => unknown>> = {
  JSON: (value) => value,
  JSONString: textOf("JSONString"),
  DateTime: textOf("DateTime"),
  Duration: int64,
  Int64: int64,
};

/** Gives the schema's scalar types their meaning: values are answered as they are, and checked when they come. */
export function defineScalars(schema: GraphQLSchema): void {
  for (const [name, parseValue] of Object.entries(INPUTS)) {
    const scalar = schema.getType(name) as GraphQLScalarType;
    scalar.serialize = (value) => value;
    scalar.parseValue = parseValue;
    scalar.parseLiteral = (node, variables) => parseValue(valueFromASTUntyped(node, variables));
  }
}

function textOf(type: string) {
  return (value: unknown): string => {
    if (typeof value === "string") return value;
    throw new GraphQLError(`${type} must be text, not ${show(value)}`);
  };
}

/** A number, or its digits, since not every client has whole numbers of 64 bits; what a double can't hold is refused. */
function int64(value: unknown): number {
  const number = typeof value === "string" && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  if (Number.isSafeInteger(number)) return number as number;
  throw new GraphQLError(
    `Int64 must be a whole number from -${Number.MAX_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}, or its digits as ` +
      `text, not ${show(value)}`,
  );
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
