import { parse } from "yaml";
import { isObject } from "../is-object.ts";

/** A text at the top of a sweep's config, which is YAML or JSON; `undefined` when there is none. */
export function sweepSetting(config: string | null | undefined, name: "method" | "name"): string | undefined {
  let settings: unknown;
  try {
    settings = parse(config ?? "", { logLevel: "error" });
  } catch {
    return undefined; // any text is kept as a config
  }
  const value = isObject(settings) && Object.hasOwn(settings, name) ? settings[name] : undefined;
  return typeof value === "string" ? value : undefined;
}
