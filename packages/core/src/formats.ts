import { show } from "./arguments.ts";
import { InvalidArgumentError } from "./errors.ts";

/** A form that tables come in, made of core's own columns. */
export interface TableForm<Histories, Runs> {
  /** Refuses options that it can't take, before anything is sent. */
  readonly check?: (options: object) => void;
  /** Whether histories are read once, by `batches()`: what was read is freed then. */
  readonly readsOnce?: boolean;
  /** Loads what it needs, before anything is sent. */
  readonly prepare?: () => Promise<void>;
  readonly histories: (table: Histories, options: object, warn: FormatWarn | undefined) => unknown;
  readonly table: (table: Runs, options: object, warn: FormatWarn | undefined) => unknown;
}

/** Told what went otherwise than expected. */
export type FormatWarn = (message: string) => void;

type AnyForm = TableForm<never, never>;

const forms = sharedForms();

/** What core itself knows, and what Python calls otherwise. */
const OWN = ["default", "table"];
const RESERVED = [...OWN, "pandas"];

/** Where a form comes from that isn't registered. */
const HINTS: Readonly<Record<string, string>> = {
  polars: comesWith("polars", " nodejs-polars@0.24.1"),
  danfo: comesWith("danfo", ", danfojs-node as its README says"),
  arrow: comesWith("arrow"),
};

function comesWith(format: string, also = ""): string {
  const install = `npm install @lazyruns/dataframes${also}`;
  return `${JSON.stringify(format)} comes with @lazyruns/dataframes: ${install}, and then import "@lazyruns/dataframes" once.`;
}

/** @throws InvalidArgumentError for a name that can't be given */
export function addForm(name: string, form: AnyForm): void {
  if (typeof name !== "string" || name === "" || RESERVED.includes(name)) {
    throw new InvalidArgumentError(
      `A format can't be called ${show(name)}; it must be a name other than ${RESERVED.map(show).join(", ")}.`,
    );
  }
  if (typeof form?.histories !== "function" || typeof form.table !== "function") {
    throw new InvalidArgumentError(
      `Format ${show(name)} needs the functions histories and table, which make something of a table.`,
    );
  }
  forms.set(name, form);
}

/**
 * The form of a name that isn't one of core's own; it has taken the options.
 *
 * @throws InvalidArgumentError for a name that isn't known, saying where it comes from; what the form's check throws
 */
export function findForm<Histories, Runs>(
  name: string,
  options: object,
): TableForm<Histories, Runs> | undefined {
  if (OWN.includes(name)) return undefined;
  const form = typeof name === "string" ? forms.get(name) : undefined;
  if (form !== undefined) {
    form.check?.(options);
    return form as unknown as TableForm<Histories, Runs>;
  }
  const known = [...OWN, ...forms.keys()].map(show).join(" or ");
  const meant = name === "pandas" ? "danfo" : name;
  const renamed = name === "pandas" ? ' What Python calls "pandas" is called "danfo" here.' : "";
  const hint = Object.hasOwn(HINTS, meant) && !forms.has(meant) ? ` ${HINTS[meant]}` : "";
  throw new InvalidArgumentError(`format is ${show(name)}; it must be ${known}.${renamed}${hint}`);
}

/** One list for all copies of this library in a process: what the ESM build registers, the CommonJS build knows. */
function sharedForms(): Map<string, AnyForm> {
  const key = Symbol.for("lazyruns.formats");
  const shared = globalThis as { [key]?: Map<string, AnyForm> };
  shared[key] ??= new Map();
  return shared[key];
}
