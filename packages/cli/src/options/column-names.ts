/**
 * What the table's columns are called is what runs are filtered and ordered by: in the server's own words, which the
 * library takes, `name` is the id.
 */
const FIELDS: { readonly [column: string]: string } = { name: "displayName", run_id: "name", id: "name" };

/** The library's name of what a column is called. */
export function fieldOfColumn(column: string): string {
  return Object.hasOwn(FIELDS, column) ? (FIELDS[column] as string) : column;
}
