import {
  buildSchema,
  type DocumentNode,
  execute,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { QueryError } from "../query/index.ts";
import type { Context } from "./context.ts";
import { AnswerBudget, checkLimits } from "./limits.ts";
import { mutations } from "./mutations.ts";
import { queries } from "./queries.ts";
import { defineScalars } from "./scalars.ts";
import { SDL } from "./schema.ts";

/** A GraphQL request as clients post it. */
export interface GraphqlBody {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  /** Python's client sends an empty one for none. */
  readonly operationName: string | undefined;
}

/** The answer to a request: a document that is refused as a whole has status 400, as on W&B. */
export interface GraphqlResult {
  readonly status: number;
  readonly body: { readonly data?: unknown; readonly errors?: readonly { readonly message: string }[] };
}

const schema = buildSchema(SDL);
defineScalars(schema);

/** Clients send the same few documents again and again; longer ones aren't worth the memory. */
const documents = new Map<string, DocumentNode | readonly GraphQLError[]>();
const REMEMBERED = 200;
const LONGEST_REMEMBERED = 16_384;
const MAX_TOKENS = 20_000;
const TOO_DEEP = "The query is nested too deeply";

/** Carries a request out. */
export async function executeGraphql(request: GraphqlBody, context: Context): Promise<GraphqlResult> {
  const document = prepare(request.query);
  if (!("kind" in document))
    return { status: 400, body: { errors: document.map(({ message }) => ({ message })) } };
  const budget = new AnswerBudget();
  const result = await execute({
    schema,
    fieldResolver: budget.resolve,
    document,
    rootValue: { ...queries(context), ...mutations(context) },
    variableValues: request.variables,
    ...(request.operationName && { operationName: request.operationName }),
  });
  if (budget.error) return { status: 400, body: { errors: [{ message: budget.error.message }] } };
  const errors = result.errors?.map((error) => ({ message: messageOf(error), path: error.path }));
  const body = { ...(result.data !== undefined && { data: result.data }), ...(errors && { errors }) };
  return { status: result.data === undefined ? 400 : 200, body };
}

function prepare(query: string): DocumentNode | readonly GraphQLError[] {
  const known = documents.get(query);
  if (known !== undefined) return known;
  let document: DocumentNode | readonly GraphQLError[];
  try {
    const parsed = parse(query, { maxTokens: MAX_TOKENS });
    checkLimits(schema, parsed);
    const errors = validate(schema, parsed, specifiedRules);
    document = errors.length > 0 ? errors : parsed;
  } catch (error) {
    const refused = error instanceof GraphQLError || error instanceof QueryError;
    if (!refused && !isTooDeep(error)) throw error;
    document = [new GraphQLError(refused ? error.message : TOO_DEEP)];
  }
  if (query.length > LONGEST_REMEMBERED) return document;
  if (documents.size >= REMEMBERED) documents.clear();
  documents.set(query, document);
  return document;
}

/** The parser, the validator and the executor go as deep as the query does, until the stack is full. */
function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}

/**
 * Only what was meant for the client is told; anything else is a fault of ours and goes to the log. An error without
 * a path is about the request itself, such as a variable of another type.
 */
function messageOf(error: GraphQLError): string {
  const cause = error.originalError;
  if (error.path === undefined || cause === undefined || cause === null || cause instanceof QueryError)
    return error.message;
  if (isTooDeep(cause)) return TOO_DEEP;
  console.error(cause);
  return "Internal error of the local server; see its output";
}
