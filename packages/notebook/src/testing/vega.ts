import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

/** A Vega-Lite chart as Vega has it once it is compiled and run; what either complains about is thrown. */
export async function compiled(spec: object) {
  const complain = (...texts: unknown[]): never => {
    throw new Error(texts.join(" "));
  };
  const quiet = () => logger;
  const logger = { level: quiet, warn: complain, error: complain, info: quiet, debug: quiet };
  const vega = compile(spec as TopLevelSpec, { logger: logger as never }).spec;
  // Vega itself warns that there is no window here, whose events it would hear.
  const view = await new View(parse(vega), {
    renderer: "none",
    logger: { ...logger, warn: quiet } as never,
  }).runAsync();
  return {
    /** The texts of the legend, and those above the charts. */
    labels: textsOf(view, "legend-label"),
    titles: textsOf(view, "title-text"),
    /** What each chart's y follows when it is zoomed. */
    zooms: (vega.scales ?? []).filter(({ name }) => /(^|_)y$/.test(name)).map(signalOf),
  };
}

function signalOf(scale: object): string {
  return (scale as { domainRaw: { signal: string } }).domainRaw.signal;
}

/** The texts with a role, wherever they lie in the scene. */
function textsOf(view: View, role: string): string[] {
  const texts: string[] = [];
  const visit = (item: SceneItem, isIn: boolean) => {
    const has = isIn || item.role === role;
    if (has && item.text !== undefined) texts.push(String(item.text));
    for (const inner of item.items ?? []) visit(inner, has);
  };
  visit((view.scenegraph() as unknown as { root: SceneItem }).root, false);
  return texts;
}

interface SceneItem {
  readonly role?: string;
  readonly text?: unknown;
  readonly items?: readonly SceneItem[];
}
