import { show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";
import { appUrls } from "../web/app-url.ts";

/** The names in a run's path. */
export interface RunPath {
  readonly entity: string;
  readonly project: string;
  readonly run: string;
}

/**
 * Takes a run's path apart: `"entity/project/id"`, the same with a slash in front or `runs/` before the id, or the
 * address of one of the run's web pages at this server.
 *
 * @throws InvalidArgumentError for anything else, and for a page of another server.
 */
export function parseRunPath(path: unknown, baseUrl: string): RunPath {
  const text = typeof path === "string" ? path.trim() : "";
  const isUrl = /^https?:\/\//i.test(text);
  const parts = isUrl ? partsOfUrl(text, baseUrl) : text.replace(/^\/|\/$/g, "").split("/");
  // A URL without it is of another page, such as the project's.
  if (parts[2] === "runs" && parts.length > 3) parts.splice(2, 1);
  else if (isUrl) parts.length = 0;
  const [entity = "", project = "", run = "", ...rest] = parts;
  if (rest.length > 0 || [entity, project, run].some((part) => part.trim() === "")) {
    throw new InvalidArgumentError(
      `The path is ${show(path)}; it must be "entity/project/id", such as "my-team/digits/a1b2c3d4", or the URL of ` +
        "a run's page.",
    );
  }
  return { entity, project, run };
}

function partsOfUrl(text: string, baseUrl: string): string[] {
  const page = URL.canParse(text) ? new URL(text) : undefined;
  const address = page && page.origin + page.pathname;
  const site = appUrls(baseUrl).find((site) => address?.startsWith(`${site}/`));
  if (address === undefined || site === undefined) {
    throw new InvalidArgumentError(
      `${show(text)} is not a page of ${appUrls(baseUrl)[0]}, where the runs of ${baseUrl} are shown. Give the path ` +
        'as "entity/project/id", or a baseUrl or WANDB_APP_URL that fits.',
    );
  }
  // Behind the id comes the tab of the page, such as "/overview".
  return address
    .slice(site.length + 1)
    .split("/", 4)
    .map(decode);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
