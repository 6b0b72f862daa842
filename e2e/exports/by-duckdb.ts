import { DuckDBInstance } from "@duckdb/node-api";
import { type Aggregates, type Answer, ASKED, aggregatesIn, type Kind } from "./aggregates.ts";

const KINDS: { readonly [type: string]: Kind } = {
  BIGINT: "int",
  DOUBLE: "float",
  VARCHAR: "text",
  BOOLEAN: "bool",
};

const SQL: { readonly [K in Kind]: { readonly [word: string]: (column: string) => string } } = {
  int: {
    sum: (c) => `sum(${c})::VARCHAR`,
    least: (c) => `min(${c})::VARCHAR`,
    most: (c) => `max(${c})::VARCHAR`,
    mean: (c) => `sum(${c})::DOUBLE / count(${c})`,
  },
  float: {
    nan: (c) => `count(*) FILTER (isnan(${c}))`,
    positiveInfinity: (c) => `count(*) FILTER (${c} = 'Infinity'::DOUBLE)`,
    negativeInfinity: (c) => `count(*) FILTER (${c} = '-Infinity'::DOUBLE)`,
    ...Object.fromEntries(
      Object.entries({ sum: "sum", least: "min", most: "max", mean: "avg" }).map(([word, call]) => [
        word,
        (c: string) => `${call}(${c}) FILTER (isfinite(${c}))`,
      ]),
    ),
  },
  text: { sum: (c) => `sum(length(${c}))::DOUBLE`, least: (c) => `min(${c})`, most: (c) => `max(${c})` },
  bool: { sum: (c) => `count(*) FILTER (${c})` },
  other: {},
};

/** Asks DuckDB, in this process, about Parquet files. */
export class DuckDB implements AsyncDisposable {
  readonly #instance: DuckDBInstance;

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  static async open(): Promise<DuckDB> {
    return new DuckDB(await DuckDBInstance.create());
  }

  async rows(sql: string): Promise<unknown[][]> {
    const connection = await this.#instance.connect();
    try {
      return (await connection.runAndReadAll(sql)).getRowsJS();
    } finally {
      connection.closeSync();
    }
  }

  /** @param files - a file, or a pattern of files; @param run - the only run that is asked for */
  async aggregates(files: string, run?: string): Promise<Aggregates> {
    const source = `read_parquet(${quote(files)})`;
    const described = await this.rows(`DESCRIBE SELECT * FROM ${source}`);
    const kinds = described
      .map(([name, type]) => [name as string, KINDS[type as string] ?? "other"] as const)
      .filter(([name]) => name !== "run_id");
    const asked = kinds.flatMap(([name, kind]) => {
      const column = `"${name.replaceAll('"', '""')}"`;
      return ASKED[kind].map((word) => SQL[kind][word]?.(column) ?? `count(${column})`);
    });
    const where = run === undefined ? "" : `WHERE run_id = ${quote(run)}`;
    const rows = await this.rows(
      `SELECT run_id, count(*), ${asked.join(", ")} FROM ${source} ${where} GROUP BY run_id`,
    );
    return aggregatesIn({ kinds, runs: rows.map((row) => row.map(toNumber)) as unknown as Answer["runs"] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#instance.closeSync();
  }
}

/** A text as SQL has it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const toNumber = (value: unknown) => (typeof value === "bigint" ? Number(value) : value);
