import { FORMATS } from "./output/formats.ts";

/** The commands, for which there is a help of their own. */
const COMMANDS = ["runs", "histories", "table", "export", "verify", "server", "doctor"];

/**
 * What is said of a command line that can't be parsed: the parser's words, and which help there is.
 *
 * @example
 * usageText("error: unknown option '--json'", ["runs", "--json"]);
 * // "unknown option '--json'\n(Did you mean --format json?)\nSee lazyruns runs --help."
 */
export function usageText(message: string, argv: readonly string[]): string {
  const text = message.replace(/^error: /, "");
  const [, option = ""] = /^unknown option '--(\w+)'/.exec(text) ?? [];
  const isForm = (FORMATS as readonly string[]).includes(option);
  const said = isForm ? `unknown option '--${option}'\n(Did you mean --format ${option}?)` : text;
  const command = COMMANDS.find((name) => name === argv[0]);
  return `${said}\nSee lazyruns ${command === undefined ? "" : `${command} `}--help.`;
}
