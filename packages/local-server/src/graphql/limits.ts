import {
  type DocumentNode,
  defaultFieldResolver,
  type FragmentDefinitionNode,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { QueryError } from "../query/index.ts";

/** The levels that a query may have; the deepest of real clients have 9. */
const MAX_DEPTH = 25;
/** The fields that a query may name, those of fragments counted wherever they are spread. */
const MAX_FIELDS = 10_000;
/** The values that an answer may hold: some 20 000 runs with all their fields. */
const MAX_VALUES = 1_000_000;
/** Fields for which a run's lines are read count as many values. */
const READING = new Set(["history", "events", "sampledHistory", "historyKeys", "parquetHistory", "logLines"]);
const READING_COSTS = 100;

/**
 * Refuses a query whose answer could grow beyond measure: one that is nested very deeply, names very many fields, or
 * asks for a list within a list of the same kind (the runs of the project of each run of a project, and so on).
 *
 * @throws QueryError that says which
 */
export function checkLimits(schema: GraphQLSchema, document: DocumentNode): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const part of document.definitions)
    if (part.kind === Kind.FRAGMENT_DEFINITION) fragments.set(part.name.value, part);
  let fields = 0;

  const walk = (
    { selections }: SelectionSetNode,
    parent: GraphQLOutputType | undefined,
    lists: readonly string[],
    depth: number,
  ): void => {
    if (depth > MAX_DEPTH)
      throw new QueryError(`The query is nested too deeply: more than ${MAX_DEPTH} levels`);
    for (const selection of selections) {
      if (++fields > MAX_FIELDS) throw new QueryError(`The query names more than ${MAX_FIELDS} fields`);
      if (selection.kind === Kind.FIELD) {
        const type = fieldType(parent, selection.name.value);
        const within = type?.name.endsWith("Connection") ? type.name : undefined;
        if (within !== undefined && lists.includes(within)) {
          throw new QueryError(`${selection.name.value} can't be asked for within a list of the same kind`);
        }
        const inner = within === undefined ? lists : [...lists, within];
        if (selection.selectionSet) walk(selection.selectionSet, type, inner, depth + 1);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value;
        const type = name === undefined ? parent : (schema.getType(name) as GraphQLOutputType | undefined);
        walk(selection.selectionSet, type, lists, depth + 1);
      } else {
        const fragment = fragments.get(selection.name.value);
        const type = schema.getType(fragment?.typeCondition.name.value ?? "");
        if (fragment) walk(fragment.selectionSet, type as GraphQLOutputType | undefined, lists, depth + 1);
      }
    }
  };
  for (const part of document.definitions) {
    if (part.kind !== Kind.OPERATION_DEFINITION) continue;
    walk(part.selectionSet, schema.getRootType(part.operation) ?? undefined, [], 0);
  }
}

function fieldType(parent: GraphQLOutputType | undefined, field: string) {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const type = parent.getFields()[field]?.type;
  return type && getNamedType(type);
}

/** Counts the values of an answer; resolving one more than an answer may hold throws a QueryError. */
export class AnswerBudget {
  #left = MAX_VALUES;

  /** The error of an answer that is too large. */
  get error(): QueryError | undefined {
    if (this.#left >= 0) return undefined;
    return new QueryError(`The answer would hold more than ${MAX_VALUES} values: ask for fewer at a time`);
  }

  readonly resolve: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
    this.#left -= READING.has(info.fieldName) ? READING_COSTS : 1;
    if (this.#left < 0) throw this.error;
    return defaultFieldResolver(source, args, context, info);
  };
}
