/**
 * The web page of a run; undefined: there is none that can be opened.
 *
 * @param project - the address of the project's page
 */
export function runPage(project: string | undefined, id: string): string | undefined {
  if (project === undefined || id === "") return undefined;
  try {
    const { protocol } = new URL(project);
    if (protocol !== "https:" && protocol !== "http:") return undefined;
    return `${project.replace(/\/+$/, "")}/runs/${encodeURIComponent(id)}`;
  } catch {
    // No address at all, or an id with half a letter in it.
    return undefined;
  }
}
