import { createHash, timingSafeEqual } from "node:crypto";
import { HttpError } from "../errors.ts";

/** The form of W&B's keys: 40 characters or more, perhaps behind a prefix that ends in a dash; or a JWT. */
const KEY = /^(?:[^-:]*-)?[\w-]{40,}$|^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Whether a text has the form of an API key. */
function isKey(text: string): boolean {
  return KEY.test(text);
}

/** Whether a text can be a server's one key: a form that clients take, and too long to be guessed, a JWT's form too. */
export function isServerKey(text: string): boolean {
  return isKey(text) && text.length >= 40;
}

/**
 * Admits a request: with a server key, that one alone; without, any key that is well formed, since the server then
 * listens on loopback only.
 *
 * @throws HttpError 401 in the words that the Python client understands
 */
export function checkAuthorization(header: string | undefined, serverKey: string | undefined): void {
  const given = keyOf(header);
  const admitted = given !== undefined && (serverKey === undefined ? isKey(given) : isSame(given, serverKey));
  if (!admitted) throw new HttpError(401, "user is not logged in");
}

/** HTTP Basic with the user name `api`, as every W&B client sends it. */
function keyOf(header: string | undefined): string | undefined {
  const encoded = /^Basic\s+([A-Za-z0-9+/=_-]+)$/i.exec(header ?? "")?.[1];
  const text = encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8");
  return text?.startsWith("api:") ? text.slice("api:".length) : undefined;
}

/** Takes the same time whatever is wrong. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
