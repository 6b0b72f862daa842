/** What a command was pointed at: a project, and one of its runs where the path names one. */
export interface ProjectArgument {
  readonly path: string;
  readonly run: string | undefined;
}

/** Takes `entity/project` or `entity/project/run` apart; what is neither is refused by the library. */
export function readProject(text: string): ProjectArgument {
  const parts = text.split("/");
  if (parts.length !== 3 || parts.some((part) => part === "")) return { path: text, run: undefined };
  return { path: parts.slice(0, 2).join("/"), run: parts[2] };
}
