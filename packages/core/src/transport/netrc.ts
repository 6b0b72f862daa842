/** A word, bare or quoted as a shell would, or a comment to the line's end, or a line's end. */
const TOKEN = /#[^\n]*|\n|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"']+/g;

/**
 * The password that a netrc file keeps for a machine, or for its `default` entry; `undefined` when it has none.
 *
 * Follows what Python's `netrc` module reads: words over any number of lines, quotes, comments, and `macdef`
 * bodies that end at an empty line.
 */
export function netrcPassword(text: string, machine: string): string | undefined {
  const passwords = new Map<string, string>();
  let entry: string | undefined;
  const words = tokens(withoutMacros(text));
  for (let word = words.next(); !word.done; word = words.next()) {
    switch (word.value) {
      case "machine":
        entry = words.next().value ?? "";
        break;
      case "default":
        entry = "default";
        break;
      case "login":
      case "account":
        words.next();
        break;
      case "password": {
        const password = words.next().value;
        if (entry !== undefined && password !== undefined) passwords.set(entry, password);
        break;
      }
    }
  }
  return passwords.get(machine) ?? passwords.get("default");
}

function* tokens(text: string): Generator<string, undefined> {
  let value = false;
  for (const [token] of text.matchAll(TOKEN)) {
    // A password may begin with "#": only where a keyword is due does it begin a comment.
    if (token === "\n" || (token.startsWith("#") && !value)) continue;
    value = !value && token !== "default";
    yield /^["']/.test(token) ? token.slice(1, -1).replace(/\\(.)/g, "$1") : token;
  }
  return undefined;
}

function withoutMacros(text: string): string {
  return text.replace(/^[^\S\n]*macdef\b[\s\S]*?(?:\n[^\S\n]*\n|$(?![\s\S]))/gm, "\n");
}
