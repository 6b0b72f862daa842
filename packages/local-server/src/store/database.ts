import { join } from "node:path";
import Database from "libsql";
import { StartError } from "../errors.ts";
import { makeFolder } from "./data-folder.ts";
import { FIRST_VERSION_WITH_STEPS, MIGRATIONS, SCHEMA, SCHEMA_VERSION } from "./schema.ts";
import { noteAllSteps } from "./steps.ts";
import { decodeRow, encodeText } from "./whole-text.ts";

/** An open database; every statement is prepared once. */
export interface Db {
  all<T>(sql: string, ...values: unknown[]): T[];
  get<T>(sql: string, ...values: unknown[]): T | undefined;
  run(sql: string, ...values: unknown[]): { changes: number; lastInsertRowid: number | bigint };
  /** All of the work or none of it, on disk when it returns. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/**
 * Opens the database of a data folder, making both when they aren't there.
 *
 * Durability: write-ahead log, flushed at every commit. The lock on the file is the operating system's and is held
 * as long as the process lives, so that a second server is refused, and a killed one leaves nothing behind.
 *
 * @throws StartError when a newer version wrote it, and whatever keeps the folder from being used
 */
export function openDatabase(folder: string): Db {
  makeFolder(folder);
  const database = new Database(join(folder, "lazyruns.db"));
  try {
    database.pragma("locking_mode = EXCLUSIVE");
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    database.exec("BEGIN EXCLUSIVE; COMMIT");
    migrate(database, folder);
  } catch (error) {
    database.close();
    throw error;
  }
  return wrap(database);
}

function migrate(database: Database.Database, folder: string): void {
  const [row] = database.prepare("PRAGMA user_version").all() as { user_version: number }[];
  const version = row?.user_version ?? 0;
  if (version === SCHEMA_VERSION) return;
  if (version > SCHEMA_VERSION) {
    throw new StartError(
      `${folder} was written by a newer lazyruns-server (format ${version}). Update this one.`,
    );
  }
  const steps = Array.from(
    { length: SCHEMA_VERSION - version },
    (_, step) => MIGRATIONS[version + step] ?? "",
  );
  const sql = version === 0 ? SCHEMA : steps.join("");
  // One transaction: a process that is killed meanwhile leaves the folder as it was.
  database.exec(`BEGIN; ${sql}`);
  if (version > 0 && version < FIRST_VERSION_WITH_STEPS) noteAllSteps(wrap(database));
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
}

function wrap(database: Database.Database): Db {
  const prepared = new Map<string, Database.Statement>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  let depth = 0;
  return {
    all: <T>(sql: string, ...values: unknown[]) =>
      (statement(sql).all(...values.map(encodeText)) as T[]).map(decodeRow),
    get: <T>(sql: string, ...values: unknown[]) => {
      const row = statement(sql).get(...values.map(encodeText)) as T | undefined;
      return row && decodeRow(row);
    },
    run: (sql, ...values) => statement(sql).run(...values.map(encodeText)),
    transaction: (work) => {
      if (depth > 0) return work();
      statement("BEGIN IMMEDIATE").run();
      depth++;
      try {
        const result = work();
        statement("COMMIT").run();
        return result;
      } catch (error) {
        statement("ROLLBACK").run();
        throw error;
      } finally {
        depth--;
      }
    },
    close: () => {
      // Prepared statements keep the file open until they are collected as garbage: the lock must not wait for it.
      // Outside WAL it can be let go, and the folder then holds one whole file.
      database.pragma("journal_mode = DELETE");
      database.pragma("locking_mode = NORMAL");
      database.prepare("SELECT count(*) FROM meta").get();
      database.close();
    },
  };
}
