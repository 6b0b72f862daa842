import type { TranslationBundle } from "@jupyterlab/translation";
import { count } from "@lazyruns/curves";

const MOST_NAMES = 5;
const LONGEST_NAME = 40;

/** What is wrong with a column of an output, and yet didn't keep it from being shown. */
type ColumnFault = "broken" | "short" | "long" | "type" | "values" | "twice";

/** Gathers what is to be said of an output: a line for all columns that have the same fault, not one for each. */
export class Notes {
  private readonly trans: TranslationBundle;
  private readonly faults = new Map<ColumnFault, string[]>();
  private readonly lines: string[] = [];

  constructor(trans: TranslationBundle) {
    this.trans = trans;
  }

  add(line: string): void {
    this.lines.push(line);
  }

  column(fault: ColumnFault, name: string): void {
    const names = this.faults.get(fault);
    if (names === undefined) this.faults.set(fault, [name]);
    else names.push(name);
  }

  /** All lines, those of columns last. */
  toLines(): string[] {
    return [...this.lines, ...Array.from(this.faults, ([fault, names]) => this.line(fault, names))];
  }

  private line(fault: ColumnFault, names: readonly string[]): string {
    const { trans } = this;
    const list = listed(names, trans);
    switch (fault) {
      case "broken":
        return trans.__("Left out, because they can't be read: columns %1.", list);
      case "short":
        return trans.__("Fewer values than rows, so the last rows are empty there: columns %1.", list);
      case "long":
        return trans.__("More values than rows, and the surplus is left out: columns %1.", list);
      case "type":
        return trans.__("Of a type that isn't known here, and shown as text: columns %1.", list);
      case "values":
        return trans.__("With values that aren't of the column's type, shown as they are: columns %1.", list);
      case "twice":
        return trans.__("There more than once: columns %1.", list);
    }
  }
}

/** Names in quotes, the first ones of many, each as long as a line bears. */
function listed(names: readonly string[], trans: TranslationBundle): string {
  const some = names.slice(0, MOST_NAMES).map((name) => `“${shortened(name)}”`);
  const text = some.join(", ");
  const rest = names.length - some.length;
  return rest > 0 ? trans._n("%2 and %3 more", "%2 and %3 more", rest, text, count(rest)) : text;
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}
