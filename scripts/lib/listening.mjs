/**
 * The address that `lazyruns-server` says it is at, once its output holds the line.
 *
 * @param {string} output
 * @returns {string | undefined}
 */
export function urlIn(output) {
  return /^Lazyruns server at (\S+)$/m.exec(output)?.[1];
}
