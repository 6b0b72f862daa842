/**
 * Names for a frame, none of them twice: those that can't stay get `_` behind them until they are free. Names that
 * can stay do, wherever they come in the order.
 *
 * @param canStay - whether the frame can have a column of the name
 */
export function freeNames(names: readonly string[], canStay: (name: string) => boolean): string[] {
  const taken = new Set(names.filter((name) => isWellFormed(name) && canStay(name)));
  return names.map((name) => {
    if (taken.has(name)) return name;
    let free = wellFormed(name);
    while (taken.has(free) || !canStay(free)) free += "_";
    taken.add(free);
    return free;
  });
}

function isWellFormed(name: string): boolean {
  return wellFormed(name) === name;
}

/** The name as UTF-8 can hold it: a lone surrogate becomes U+FFFD. */
function wellFormed(name: string): string {
  return Buffer.from(name).toString();
}
