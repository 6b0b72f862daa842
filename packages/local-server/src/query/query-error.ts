/** A filter or an order that can't be carried out. The message names what is wrong, and what is allowed. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}
