import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ILabShell, JupyterFrontEnd } from "@jupyterlab/application";
import { type ICommandPalette, type IThemeManager, MainAreaWidget } from "@jupyterlab/apputils";
import { RenderMimeRegistry, standardRendererFactories } from "@jupyterlab/rendermime";
import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import type { ITranslator } from "@jupyterlab/translation";
import { CommandRegistry } from "@lumino/commands";
import { Signal } from "@lumino/signaling";
import { Widget } from "@lumino/widgets";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CurvesPanel } from "../curves/curves-panel.ts";
import { RunsTable } from "../table/runs-table.ts";
import { clickInGrid } from "../testing/clicks.ts";
import { demoJson, HISTORY, RUNS } from "../testing/demo-outputs.ts";
import { COMMANDS } from "./commands.ts";
import type { Output } from "./output.ts";
import { viewsPlugin } from "./plugin.ts";
import type { RunsView } from "./runs-view.ts";

const json = (
  demoJson(RUNS) as {
    ids: string[];
    url: string;
    columns: { kind: string; name: string; values: unknown[] }[];
    histories?: unknown;
  }[]
).find(({ ids, histories }) => ids.length > 1 && histories !== undefined);

let commands: CommandRegistry;
let registry: RenderMimeRegistry;

beforeEach(() => {
  commands = new CommandRegistry();
  registry = new RenderMimeRegistry({ initialFactories: standardRendererFactories });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

interface Host {
  readonly settings?: unknown;
  readonly themes?: unknown;
  readonly translator?: unknown;
  readonly palette?: unknown;
  readonly shell?: unknown;
}

async function activate({ settings, themes, translator, palette, shell }: Host = {}): Promise<void> {
  await viewsPlugin.activate(
    { commands } as unknown as JupyterFrontEnd,
    registry,
    (settings ?? null) as ISettingRegistry | null,
    (themes ?? null) as IThemeManager | null,
    (translator ?? null) as ITranslator | null,
    (palette ?? null) as ICommandPalette | null,
    (shell ?? null) as ILabShell | null,
  );
}

async function open(mimeType: string, data: unknown): Promise<Output> {
  const output = registry.createRenderer(mimeType) as Output;
  Widget.attach(output, document.body);
  await output.renderModel(registry.createModel({ data: { [mimeType]: data } as never }));
  return output;
}

function use(output: Output): void {
  output.node.dispatchEvent(new Event("pointerdown"));
}

/** Clicks the runs of these rows. */
function select(output: Output, ...rows: readonly number[]): void {
  const names = json?.columns.find(({ kind, name }) => kind === "field" && name === "name")?.values ?? [];
  for (const row of rows) clickInGrid(output.node, "gridcell", String(names[row]));
}

/** The text of a file, without its byte order mark. */
async function textOf(saved: Blob | undefined): Promise<string> {
  return new TextDecoder().decode(await saved?.arrayBuffer());
}

test("draws outputs in a host that has nothing but renderers", async () => {
  await activate();
  expect((await open(RUNS, json)).view).toBeDefined();
  expect(registry.getRank(RUNS)).toBeLessThan(registry.getRank("text/html") ?? 0);
  expect(registry.getFactory(RUNS)?.safe).toBe(true);
  expect(registry.getFactory(HISTORY)?.safe).toBe(true);
});

test("speaks the host's language", async () => {
  const load = vi
    .fn()
    .mockReturnValue({ __: (text: string) => text.toUpperCase(), _n: (text: string) => text });
  await activate({ translator: { load } });
  expect(load).toHaveBeenCalledWith("jupyterlab_lazyruns");
  const { node } = await open(RUNS, { version: 2 });
  expect(node.textContent).toContain("UPDATE THE EXTENSION");
});

test("hands settings and themes on to what is open, and settings to what is opened later", async () => {
  const themeChanged = new Signal<object, unknown>({});
  const settings = { composite: { smoothing: 0.9 }, changed: new Signal<object, void>({}) };
  const told = vi.spyOn(CurvesPanel.prototype, "setSettings");
  const redrawn = vi.spyOn(RunsTable.prototype, "themeChanged");
  await activate({ themes: { themeChanged }, settings: { load: async () => settings } });
  const { view } = await open(RUNS, json);
  expect((view as RunsView).table.context.settings.smoothing).toBe(0.9);
  settings.composite = { smoothing: 0.3 };
  settings.changed.emit();
  expect(told.mock.lastCall?.[0]).toMatchObject({ smoothing: 0.3, rowsPerPage: 12 });
  themeChanged.emit({});
  expect(redrawn).toHaveBeenCalledTimes(1);
});

test("every command is in the palette, has a label, and says no where there is nothing for it", async () => {
  const addItem = vi.fn();
  await activate({ palette: { addItem }, shell: { add: vi.fn(), activateById: vi.fn() } });
  expect(addItem.mock.calls.map(([item]) => item)).toEqual(
    Object.values(COMMANDS).map((command) => ({ command, category: "Lazyruns" })),
  );
  for (const command of Object.values(COMMANDS)) {
    expect(commands.label(command)).toMatch(/^[A-Z].* /);
    expect(commands.isEnabled(command)).toBe(false);
    await commands.execute(command); // as a shortcut might
  }
});

test("the menu in the settings' schema has the commands that there are", () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../schema/plugin.json"), "utf8"));
  const items: { command?: string }[] = schema["jupyter.lab.menus"].context;
  expect(items.flatMap(({ command }) => command ?? [])).toEqual(
    expect.arrayContaining(Object.values(COMMANDS)),
  );
  expect(items.flatMap(({ command }) => command ?? [])).toHaveLength(Object.keys(COMMANDS).length);
});

test("commands are about the output that was used last", async () => {
  await activate();
  const opened = vi.spyOn(window, "open").mockReturnValue(null);
  const output = await open(RUNS, json);
  use(output);
  expect(commands.isEnabled(COMMANDS.openPage)).toBe(false);
  select(output, 2, 1);
  expect(commands.isEnabled(COMMANDS.openPage)).toBe(true);
  expect(commands.label(COMMANDS.copyRuns)).toBe("Copy 2 Selected Runs");
  await commands.execute(COMMANDS.openPage);
  expect(opened.mock.calls).toEqual([[`${json?.url}/runs/${json?.ids[1]}`, "_blank", "noopener,noreferrer"]]);
  const copied = vi.spyOn(RunsTable.prototype, "copySelection").mockResolvedValue();
  await commands.execute(COMMANDS.copyRuns);
  expect(copied).toHaveBeenCalledTimes(1);
  output.dispose();
  expect(commands.isEnabled(COMMANDS.copyRuns)).toBe(false);
});

test("a run's page isn't opened when its project's isn't one of the web", async () => {
  await activate();
  const output = await open(RUNS, { ...json, url: "javascript:alert(1)//" });
  use(output);
  select(output, 0, 1);
  expect(commands.isEnabled(COMMANDS.openPage)).toBe(false);
});

test("menus hear of what can be done now", async () => {
  await activate();
  const output = await open(RUNS, json);
  const changed = vi.fn();
  commands.commandChanged.connect((_, { id }) => changed(id));
  use(output);
  expect(changed).toHaveBeenCalledWith(COMMANDS.copyRuns);
  changed.mockClear();
  select(output, 0);
  expect(changed).toHaveBeenCalledWith(COMMANDS.copyRuns);
});

test("an output is saved as a file, every row and column of it", async () => {
  await activate();
  const saved: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => `blob:${saved.push(blob as Blob)}`);
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  const output = await open(RUNS, json);
  use(output);
  await commands.execute(COMMANDS.saveCsv);
  expect(names).toEqual(["local-digits.csv"]);
  const lines = (await textOf(saved[0])).trimEnd().split("\r\n");
  expect(lines).toHaveLength((json?.ids.length ?? 0) + 1);
  const headings = lines[0]?.split(",") ?? [];
  expect(headings.filter((heading) => heading === "id")).toHaveLength(1);
  const hasId = json?.columns.some(({ kind, name }) => kind === "field" && name === "id");
  expect(headings).toHaveLength((json?.columns.length ?? 0) + (hasId ? 0 : 1));
});

test("a saved file has the runs' ids, as the server knows them, where the output has no column of them", async () => {
  await activate();
  let saved: Blob | undefined;
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    saved = blob as Blob;
    return "blob:x";
  });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  const columns = [{ kind: "config", name: "lr", dtype: "float64", values: [1, 2], shown: true }];
  use(await open(RUNS, { ...json, ids: ["a", "a"], columns }));
  await commands.execute(COMMANDS.saveCsv);
  expect(await textOf(saved)).toBe("id,config.lr\r\na,1\r\na,2\r\n");
});

test("runs are opened in a tab, which follows the output; not where there are no tabs", async () => {
  const shell = { add: vi.fn(), activateById: vi.fn() };
  await activate({ shell });
  const output = await open(RUNS, json);
  use(output);
  expect(commands.label(COMMANDS.openInTab)).toBe("Open Runs in a New Tab");
  await commands.execute(COMMANDS.openInTab);
  const [tab, area] = shell.add.mock.calls[0] as [MainAreaWidget<Output>, string];
  expect(area).toBe("main");
  expect(tab).toBeInstanceOf(MainAreaWidget);
  expect(tab.title.label).toBe("local/digits");
  expect(shell.activateById).toHaveBeenCalledWith(tab.id);
  await output.renderModel(registry.createModel({ data: { [RUNS]: { ...json, total: 99 } } as never }));
  expect(tab.content.node.textContent).toContain("of 99 runs loaded");
  tab.dispose();
  output.dispose();

  commands = new CommandRegistry();
  registry = new RenderMimeRegistry({ initialFactories: standardRendererFactories });
  await activate();
  use(await open(RUNS, json));
  expect(commands.isVisible(COMMANDS.openInTab)).toBe(false);
  expect(commands.isEnabled(COMMANDS.openInTab)).toBe(false);
});
