/**
 * A pattern of MySQL's LIKE, which is what the real server takes: `%` stands for anything, `_` for one character, and
 * a backslash takes the meaning of the one behind it.
 */
export function likePattern(pattern: string): RegExp {
  const source = pattern.replace(/\\([\s\S])|%+|[\s\S]/gu, (found, escaped: string | undefined) => {
    if (escaped === undefined && found.startsWith("%")) return "[\\s\\S]*";
    if (escaped === undefined && found === "_") return "[\\s\\S]";
    return (escaped ?? found).replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
  });
  return new RegExp(`^${source}$`, "u");
}
