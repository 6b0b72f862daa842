/**
 * The `[default]` section of one of W&B's settings files, which are INI files as Python's `configparser` reads
 * them: `key = value` or `key: value`, comments with `#` or `;`, keys in any case.
 */
export function parseSettings(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  let section = "";
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]/.exec(line);
    const entry = /^([^\s#;=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (header) section = header[1] ?? "";
    else if (entry && section === "default") settings.set((entry[1] ?? "").toLowerCase(), entry[2] ?? "");
  }
  return settings;
}
