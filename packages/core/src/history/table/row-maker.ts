import type { RunValue } from "../../values.ts";
import type { HistoryRow } from "../rows.ts";

/** Appends rows `start` to just before `end` of columns, each a list of values, whose names the maker knows. */
export type RowMaker = (
  runId: string,
  columns: readonly ArrayLike<RunValue>[],
  start: number,
  end: number,
  rows: HistoryRow[],
) => void;

/** An object literal of more members isn't laid out as a fast object. */
const MAX_MEMBERS = 100;
/** Makers that are kept: as many shapes of rows as a process reads at a time, not all that it ever read. */
const MAX_KEPT = 64;
/** For fewer rows than this, making a maker takes longer than it saves. */
const FEW_ROWS = 16;

const kept = new Map<string, RowMaker>();
let canGenerate = true;

/**
 * A maker of rows that have all of the named columns.
 *
 * It is a function with an object literal of these names, made from text: V8 then lays every row out at once, four
 * times as fast as member by member. The names come from a server, and are in that text only as the string literals
 * that `JSON.stringify` writes (all JSON is JavaScript since ES2019). Where code can't be made from text (`node
 * --disallow-code-generation-from-strings`), rows are made member by member.
 */
export function rowMaker(names: readonly string[], rows: number): RowMaker {
  if (!canGenerate || names.length > MAX_MEMBERS) return memberByMember(names);
  const id = JSON.stringify(names);
  let maker = kept.get(id);
  if (maker === undefined) {
    maker = rows < FEW_ROWS ? undefined : generate(names);
    if (maker === undefined) return memberByMember(names);
    if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value as string);
    kept.set(id, maker);
  }
  return maker;
}

function generate(names: readonly string[]): RowMaker | undefined {
  const columns = names.map((_, place) => `const c${place} = columns[${place}];`);
  // In brackets, "__proto__" is a member's name like any other.
  const keys = names.map((name) => (name === "__proto__" ? `["__proto__"]` : JSON.stringify(name)));
  const members = keys.map((key, place) => `${key}: c${place}[row]`);
  const body = `${columns.join(" ")}
for (let row = start; row < end; row++) rows.push({ run_id: runId, ${members.join(", ")} });`;
  try {
    return new Function("runId", "columns", "start", "end", "rows", body) as RowMaker;
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    canGenerate = false;
    return undefined;
  }
}

function memberByMember(names: readonly string[]): RowMaker {
  return (runId, columns, start, end, rows) => {
    for (let row = start; row < end; row++) {
      const object: { [name: string]: RunValue } = { run_id: runId };
      for (let place = 0; place < names.length; place++) {
        const name = names[place] as string;
        const value = (columns[place] as ArrayLike<RunValue>)[row] as RunValue;
        if (name !== "__proto__") object[name] = value;
        else
          Object.defineProperty(object, name, {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
          });
      }
      rows.push(object as HistoryRow);
    }
  };
}
