import type { ISettingRegistry } from "@jupyterlab/settingregistry";

/** Fewer a request would only make more of them. */
const LEAST = 50;
const MOST = 500;

/** How many runs the panel asks for at once: the setting `rowsPerPage`, which tables have too, and 50 at least. */
export class PageSize {
  private rows = LEAST;

  /** @param registry - null: there are no settings */
  constructor(registry: ISettingRegistry | null) {
    void this.follow(registry);
  }

  get limit(): number {
    return Math.min(Math.max(this.rows, LEAST), MOST);
  }

  private async follow(registry: ISettingRegistry | null): Promise<void> {
    try {
      const settings = await registry?.load("@lazyruns/jupyterlab-ext:plugin");
      const read = () => {
        const rows = settings?.get("rowsPerPage").composite;
        this.rows = typeof rows === "number" && Number.isInteger(rows) ? rows : LEAST;
      };
      settings?.changed.connect(read);
      read();
    } catch {
      // Without the schema the usual size holds.
    }
  }
}
