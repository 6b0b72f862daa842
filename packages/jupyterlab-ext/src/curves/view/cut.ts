/** How many characters of a name are put on the page: what no line has room for is no use in it either. */
const LONG = 200;

/** A name as the page holds it: cut where it is very long. */
export function cut(name: string): string {
  return name.length > LONG ? `${[...name.slice(0, LONG)].slice(0, -1).join("")}…` : name;
}
