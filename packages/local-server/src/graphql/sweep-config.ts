/**
 * A setting at the top of a sweep's config, such as its method or name; `undefined` when it isn't plain text. Clients
 * send YAML, in blocks or as JSON in one line.
 */
export function sweepSetting(config: string | null | undefined, name: "method" | "name"): string | undefined {
  if (!config) return undefined;
  if (/^\s*\{/.test(config)) return jsonSetting(config, name);
  // Of YAML's plain and quoted texts, that one line; blocks and anchors aren't used for names.
  const [, double, single, plain] =
    new RegExp(
      `^["']?${name}["']?[ \\t]*:[ \\t]*(?:"((?:[^"\\\\\\n]|\\\\.)*)"|'((?:[^'\\n]|'')*)'|([^\\s"'#&*|>{[][^\\n]*?))[ \\t]*(?:\\s#.*)?$`,
      "m",
    ).exec(config) ?? [];
  if (double !== undefined) return unescaped(double);
  return single?.replaceAll("''", "'") ?? plain?.trim();
}

function jsonSetting(config: string, name: string): string | undefined {
  try {
    const value: unknown = (JSON.parse(config) as Record<string, unknown>)[name];
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text; // an escape that YAML has and JSON has not
  }
}
