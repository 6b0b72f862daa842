import { type FormatWarn, findForm } from "../../formats.ts";
import { keeping } from "../../history/form.ts";
import type { RunTable } from "./run-table.ts";

/** A form of tables of runs that was asked for, its options checked. */
export interface RunTableForm {
  /** Loads what it needs. */
  prepare(): Promise<void>;
  /** @throws what the form throws, with the table as its `partial` */
  make(table: RunTable): Promise<unknown>;
}

/**
 * The form of that name.
 *
 * @param options - the caller's, all of them
 * @throws InvalidArgumentError for a name that isn't known, or options that the form refuses
 */
export function runTableForm(name: string, options: object, warn: FormatWarn | undefined): RunTableForm {
  const form = findForm<never, RunTable>(name, options);
  if (form === undefined) {
    return {
      prepare: async () => undefined,
      make: async (table) => (name === "table" ? table : table.toRows()),
    };
  }
  return {
    prepare: async () => form.prepare?.(),
    make: (table) =>
      keeping(
        () => table,
        `The runs arrived, but no ${name} frame`,
        () => form.table(table, options, warn),
      ),
  };
}

/** The form of what arrived; where that can't be made of it, the table itself. */
export async function partialIn(form: RunTableForm, table: RunTable): Promise<unknown> {
  try {
    return await form.make(table);
  } catch {
    return table;
  }
}
