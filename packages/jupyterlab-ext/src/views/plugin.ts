import { ILabShell, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, IThemeManager } from "@jupyterlab/apputils";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";
import { followSettings, SETTINGS_ID } from "../settings/follow-settings.ts";
import { addCommands } from "./commands.ts";
import { HISTORY_MIME_TYPE, RUNS_MIME_TYPE } from "./mime-types.ts";
import { Output } from "./output.ts";
import { Views } from "./views.ts";

/** Draws what `@lazyruns/notebook` shows, in whatever shows outputs. */
export const viewsPlugin: JupyterFrontEndPlugin<void> = {
  id: SETTINGS_ID,
  description: "Runs as a table, and their curves.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ISettingRegistry, IThemeManager, ITranslator, ICommandPalette, ILabShell],
  activate: (
    app: JupyterFrontEnd,
    registry: IRenderMimeRegistry,
    settings: ISettingRegistry | null,
    themes: IThemeManager | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    shell: ILabShell | null,
  ) => {
    const views = new Views((translator ?? nullTranslator).load("jupyterlab_lazyruns"));
    registry.addFactory(
      {
        safe: true, // as untrusted notebooks show only what is
        mimeTypes: [RUNS_MIME_TYPE, HISTORY_MIME_TYPE],
        createRenderer: (options) => new Output(views, registry, options),
      },
      0, // before HTML
    );
    themes?.themeChanged.connect(() => views.themeChanged());
    void followSettings(settings, (set) => views.setSettings(set));
    addCommands(app, views, palette, shell);
  },
};
