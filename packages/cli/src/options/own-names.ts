/** The server's names of what the table's columns are called. */
const NAMES: { readonly [server: string]: string } = {
  name: "run_id",
  displayName: "name",
  username: "user",
  created_at: "createdAt",
  heartbeat_at: "heartbeatAt",
  "config.KEY.value": "config.KEY",
  "summary_metrics.KEY": "summary.KEY",
};

/**
 * What the library says of a condition or an order, in the names that are written here: a list of fields, and a hint.
 *
 * @example
 * inOwnNames("there are: name, displayName."); // "there are: run_id, name."
 */
export function inOwnNames(message: string): string {
  return message
    .replace(
      /(there are: |one of )([\w.]+(?:, [\w.]+?)+)(?=[.,](?: |$))/,
      (_, before: string, list: string) => {
        return before + list.split(", ").map(ownName).join(", ");
      },
    )
    .replace(
      /Did you mean "(?:name|display_?name)" \([^)]*\)/i,
      'Did you mean "name" (the name that people see)',
    )
    .replace('"summary_metrics.', '"summary.');
}

function ownName(name: string): string {
  return Object.hasOwn(NAMES, name) ? (NAMES[name] as string) : name;
}
