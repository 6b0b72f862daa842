import type { TranslationBundle } from "@jupyterlab/translation";
import { isObject, type JsonObject, member } from "./json.ts";

/** What comes before anything else of an output is read: it is an object, and of the version that is known here. */
type Head =
  | { readonly ok: true; readonly json: JsonObject }
  | { readonly ok: false; readonly reason: string };

const KNOWN = 1;

export function parseHead(json: unknown, trans: TranslationBundle): Head {
  const reason = reasonAgainst(json, trans);
  return reason === undefined ? { ok: true, json: json as JsonObject } : { ok: false, reason };
}

function reasonAgainst(json: unknown, trans: TranslationBundle): string | undefined {
  if (!isObject(json)) return trans.__("The output holds no data: it is %1.", kind(json, trans));
  const version = member(json, "version");
  if (version === KNOWN) return undefined;
  if (Object.keys(json).length === 0) return trans.__("The output holds no data: it is empty.");
  if (version === undefined) {
    return trans.__("The output's data can't be read: it doesn't say its version.");
  }
  if (typeof version === "number" && Number.isSafeInteger(version) && version > KNOWN) {
    return trans.__("This output was made by a newer version of Lazyruns: update the extension to draw it.");
  }
  return trans.__("The output's data can't be read: what it says its version is isn't one.");
}

function kind(json: unknown, trans: TranslationBundle): string {
  if (json === null || json === undefined) return trans.__("null");
  if (Array.isArray(json)) return trans.__("a list");
  if (typeof json === "string") return trans.__("text");
  return typeof json === "number" ? trans.__("a number") : trans.__("true or false");
}
