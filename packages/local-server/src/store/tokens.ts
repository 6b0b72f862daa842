import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Db } from "./database.ts";

/** What addresses carry in place of a key: nobody can guess it, and it opens one thing only. */
export class Tokens {
  readonly #secret: string;

  constructor(db: Db) {
    db.run(
      "INSERT OR IGNORE INTO meta (key, value) VALUES ('file_secret', ?)",
      randomBytes(32).toString("hex"),
    );
    this.#secret = db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'file_secret'")?.value ?? "";
  }

  /** The token of a thing, which is named so that no other has the same name. */
  of(thing: string): string {
    return createHmac("sha256", this.#secret).update(thing).digest("base64url");
  }

  isOf(thing: string, token: string): boolean {
    const expected = Buffer.from(this.of(thing));
    const given = Buffer.from(token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
