// GraphQL requests as a plan: which fields of which types, with their arguments. Documents are parsed once.

import { Kind, parse, valueFromASTUntyped } from "graphql";

/**
 * @import { ArgumentNode, DirectiveNode, DocumentNode, FragmentDefinitionNode, OperationDefinitionNode,
 *   SelectionSetNode } from "graphql"
 * @typedef {Readonly<Record<string, unknown>>} Variables
 * @typedef {object} PlannedField
 * @property {string} alias - the key in the answer
 * @property {string} name
 * @property {(variables: Variables) => Record<string, any>} args
 * @property {(variables: Variables) => boolean} wanted - by `@include` and `@skip`
 * @property {readonly PlannedField[]} fields - none for a scalar
 * @typedef {object} Plan
 * @property {readonly PlannedField[]} fields
 * @property {Variables} defaults - of the variables
 */

/** A request that this server can't answer. */
export class QueryError extends Error {}

/** @type {Map<string, Plan>} */
const plans = new Map();

/**
 * @param {string} query
 * @returns {Plan}
 */
export function planOf(query) {
  let plan = plans.get(query);
  if (plan === undefined) {
    plan = makePlan(query);
    plans.set(query, plan);
  }
  return plan;
}

/** @param {string} query @returns {Plan} */
function makePlan(query) {
  /** @type {DocumentNode} */
  let document;
  try {
    document = parse(query, { noLocation: true });
  } catch (error) {
    throw new QueryError(error instanceof Error ? error.message : String(error));
  }
  /** @type {Map<string, FragmentDefinitionNode>} */
  const fragments = new Map();
  /** @type {OperationDefinitionNode | undefined} */
  let operation;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operation ??= definition;
  }
  if (operation?.operation !== "query") throw new QueryError("This server answers queries only.");
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
  );
  return { fields: fieldsOf([operation.selectionSet], fragments), defaults: Object.fromEntries(defaults) };
}

/**
 * The fields of selection sets, with fragments put in place and what stands twice under an alias merged.
 *
 * @param {readonly SelectionSetNode[]} sets
 * @param {ReadonlyMap<string, FragmentDefinitionNode>} fragments
 * @returns {PlannedField[]}
 */
function fieldsOf(sets, fragments) {
  /** @type {Map<string, { field: Omit<PlannedField, "fields">, sets: SelectionSetNode[] }>} */
  const merged = new Map();
  const collect = (/** @type {SelectionSetNode} */ set) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment === undefined) throw new QueryError(`Unknown fragment "${selection.name.value}".`);
        collect(fragment.selectionSet);
      } else {
        const alias = (selection.alias ?? selection.name).value;
        let entry = merged.get(alias);
        if (entry === undefined) {
          const args = argsOf(selection.arguments ?? []);
          const wanted = wantedBy(selection.directives ?? []);
          entry = { field: { alias, name: selection.name.value, args, wanted }, sets: [] };
          merged.set(alias, entry);
        }
        if (selection.selectionSet !== undefined) entry.sets.push(selection.selectionSet);
      }
    }
  };
  sets.forEach(collect);
  return [...merged.values()].map((entry) => ({ ...entry.field, fields: fieldsOf(entry.sets, fragments) }));
}

/** @param {readonly ArgumentNode[]} nodes @returns {PlannedField["args"]} */
function argsOf(nodes) {
  return (variables) =>
    Object.fromEntries(
      nodes.map(({ name, value }) => [name.value, valueFromASTUntyped(value, { ...variables })]),
    );
}

/** @param {readonly DirectiveNode[]} directives @returns {PlannedField["wanted"]} */
function wantedBy(directives) {
  const tests = directives.map(({ name, arguments: nodes }) => {
    const args = argsOf(nodes ?? []);
    const keep = name.value === "include";
    if (!keep && name.value !== "skip") throw new QueryError(`Unknown directive "@${name.value}".`);
    return (/** @type {Variables} */ variables) => Boolean(args(variables).if) === keep;
  });
  return (variables) => tests.every((test) => test(variables));
}
