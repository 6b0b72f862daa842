import type { Locator } from "playwright-core";

/** What people find in an output of runs, by roles and names, as assistive technology finds it. */
export interface RunsOutputParts {
  /** The table that has the keys. Of the rows it holds those around where the keys are. */
  readonly grid: Locator;
  /** What eyes see of the table. */
  readonly canvas: Locator;
  readonly search: Locator;
  readonly selectedRows: Locator;
  heading(name: string | RegExp): Locator;
  /** What stands below a heading, from the first row on. */
  column(name: string): Promise<string[]>;
  chart(metric: string): Locator;
  button(name: string | RegExp): Locator;
}

/** The parts of an output. */
export function partsOf(output: Locator): RunsOutputParts {
  const grid = output.getByRole("grid", { name: "Runs" });
  const heading = (name: string | RegExp) => grid.getByRole("columnheader", { name, exact: true });
  return {
    grid,
    canvas: output.locator(".lm-DataGrid-viewport"),
    search: output.getByRole("searchbox", { name: "Search runs" }),
    selectedRows: grid.getByRole("row", { selected: true }),
    heading,
    column: async (name) => {
      const at = await heading(name).getAttribute("aria-colindex");
      return grid.locator(`tbody td[aria-colindex="${at}"]`).allTextContents();
    },
    chart: (metric) => output.getByRole("application", { name: metric }),
    button: (name) => output.getByRole("button", { name }),
  };
}
