import { show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";

/** Takes `"entity/project"` apart, or refuses it before anything is sent. */
export function parseProjectPath(path: unknown): { entity: string; project: string } {
  const [entity, project, ...rest] = typeof path === "string" ? path.split("/") : [];
  if (!isName(entity) || !isName(project) || rest.length > 0) {
    throw new InvalidArgumentError(
      `The path is ${show(path)}; it must be "entity/project", such as "my-team/digits".`,
    );
  }
  return { entity, project };
}

/** Refuses an entity or project name that can't be one. */
export function checkName(what: string, name: unknown): string {
  if (typeof name === "string" && isName(name) && !name.includes("/")) return name;
  throw new InvalidArgumentError(`${what} is ${show(name)}; it must be a name, without a slash.`);
}

function isName(name: string | undefined): name is string {
  return name !== undefined && name.trim() !== "";
}
