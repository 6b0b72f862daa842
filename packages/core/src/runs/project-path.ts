import { isName, show } from "../arguments.ts";
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
