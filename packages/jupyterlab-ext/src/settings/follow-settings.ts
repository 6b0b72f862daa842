import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import { readSettings } from "./read-settings.ts";
import type { ViewSettings } from "./view-settings.ts";

/** The plugin that the settings belong to: `schema/plugin.json`. */
export const SETTINGS_ID = "@lazyruns/jupyterlab-ext:plugin";

/**
 * Reads the settings, now and whenever they are changed. Those that can't be read are said on the console, and the
 * defaults stay.
 *
 * @param registry - null: this host has no settings
 * @param told - gets the checked settings
 */
export async function followSettings(
  registry: ISettingRegistry | null,
  told: (settings: ViewSettings) => void,
): Promise<void> {
  if (registry === null) return;
  try {
    const settings = await registry.load(SETTINGS_ID);
    const read = () => told(readSettings(settings.composite, (problem) => console.warn(problem)));
    settings.changed.connect(read);
    read();
  } catch (error) {
    console.warn("Lazyruns: the settings can't be read; the defaults hold.", error);
  }
}
