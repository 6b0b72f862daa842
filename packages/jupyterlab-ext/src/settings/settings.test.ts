import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import { Signal } from "@lumino/signaling";
import { Ajv } from "ajv";
import { afterEach, expect, test, vi } from "vitest";
import { PALETTES } from "../colors/palette.ts";
import { followSettings, SETTINGS_ID } from "./follow-settings.ts";
import { readSettings } from "./read-settings.ts";
import { DEFAULT_SETTINGS, type ViewSettings } from "./view-settings.ts";

const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../schema/plugin.json"), "utf8"));
const isValid = new Ajv({ strict: false }).compile(schema);

afterEach(() => vi.restoreAllMocks());

test("the schema's defaults are those of the code", () => {
  const defaults = Object.fromEntries(
    Object.entries<{ default: unknown }>(schema.properties).map(([name, property]) => [
      name,
      property.default,
    ]),
  );
  expect(defaults).toEqual(DEFAULT_SETTINGS);
  expect(schema.properties.palette.enum).toEqual(Object.keys(PALETTES));
});

test.each([
  {
    columns: ["state", "config.lr"],
    smoothing: 0.99,
    rowsPerPage: 200,
    numberFormat: "full",
    palette: "static",
  },
  { columns: [], smoothing: 0, rowsPerPage: 3, numberFormat: "short", palette: "colorblind" },
])("settings that the schema allows are taken: %j", (settings) => {
  const warn = vi.fn();
  expect(isValid(settings)).toBe(true);
  expect(readSettings(settings, warn)).toEqual(settings);
  expect(warn).not.toHaveBeenCalled();
});

test.each([
  ["columns", "state"],
  ["columns", [1]],
  ["smoothing", 1],
  ["smoothing", "0.5"],
  ["smoothing", Number.NaN],
  ["rowsPerPage", 2],
  ["rowsPerPage", 12.5],
  ["numberFormat", "long"],
  ["palette", "constructor"],
  ["palette", null],
])("what makes no sense is said, and is as if it weren't set: %s %j", (name, value) => {
  const warn = vi.fn();
  expect(isValid({ [name]: value })).toBe(false);
  expect(readSettings({ [name]: value }, warn)).toEqual(DEFAULT_SETTINGS);
  expect(warn.mock.calls).toEqual([[expect.stringContaining(`the setting ${name} must be `)]]);
});

test("settings are told of at first, and when they are changed", async () => {
  const registry = new FakeRegistry({ smoothing: 0.5 });
  const told: ViewSettings[] = [];
  await followSettings(registry as unknown as ISettingRegistry, (settings) => told.push(settings));
  registry.set({ smoothing: 0.9 });
  expect(registry.loaded).toEqual([SETTINGS_ID]);
  expect(told.map(({ smoothing }) => smoothing)).toEqual([0.5, 0.9]);
});

test("settings that can't be loaded are said on the console", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const told = vi.fn();
  const load = () => Promise.reject(new Error("no such schema"));
  await followSettings({ load } as unknown as ISettingRegistry, told);
  await followSettings(null, told);
  expect(told).not.toHaveBeenCalled();
  expect(warn).toHaveBeenCalledTimes(1);
});

class FakeRegistry {
  readonly loaded: string[] = [];
  private readonly settings: { composite: Record<string, unknown>; changed: Signal<object, void> };

  constructor(composite: Record<string, unknown>) {
    this.settings = { composite, changed: new Signal<object, void>(this) };
  }

  async load(id: string) {
    this.loaded.push(id);
    return this.settings;
  }

  set(composite: Record<string, unknown>): void {
    this.settings.composite = composite;
    this.settings.changed.emit();
  }
}
