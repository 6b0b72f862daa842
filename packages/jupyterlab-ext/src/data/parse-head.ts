import type { TranslationBundle } from "@jupyterlab/translation";
import { isObject, type JsonObject, member } from "./json.ts";

/** What comes before anything else of an output is read: it is an object, and of the version that is known here. */
export type Head =
  | { readonly ok: true; readonly json: JsonObject }
  | { readonly ok: false; readonly isNewer: boolean; readonly reason: string };

export function parseHead(json: unknown, trans: TranslationBundle): Head {
  if (!isObject(json)) {
    return {
      ok: false,
      isNewer: false,
      reason: trans.__("The output holds no data: it is %1.", kind(json, trans)),
    };
  }
  const version = member(json, "version");
  if (version === 1) return { ok: true, json };
  if (Object.keys(json).length === 0) {
    return { ok: false, isNewer: false, reason: trans.__("The output holds no data: it is empty.") };
  }
  if (version === undefined) {
    return {
      ok: false,
      isNewer: false,
      reason: trans.__("The output's data can't be read: it doesn't say its version."),
    };
  }
  return {
    ok: false,
    isNewer: true,
    reason: trans.__("This output was made by a newer version of Lazyruns: update the extension to draw it."),
  };
}

function kind(json: unknown, trans: TranslationBundle): string {
  if (json === null || json === undefined) return trans.__("null");
  if (Array.isArray(json)) return trans.__("a list");
  if (typeof json === "string") return trans.__("text");
  return typeof json === "number" ? trans.__("a number") : trans.__("true or false");
}
