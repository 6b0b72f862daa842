import { LazyrunsError } from "@lazyruns/core";
import { storedFiles } from "./committed.ts";
import type { DatasetTable, Manifest } from "./manifest.ts";

/**
 * Refuses to go on where files of a dataset were lost that hold runs which can't be had again. Of others, what was lost
 * is fetched anew.
 *
 * @param listed - the runs that the server has
 * @throws LazyrunsError naming a file and the runs
 */
export async function checkIrreplaceable(
  out: string,
  manifest: Manifest | undefined,
  listed: ReadonlyMap<string, unknown>,
): Promise<void> {
  for (const [table, { files }] of Object.entries(manifest?.tables ?? {})) {
    const { missing } = await storedFiles(out, manifest, table as DatasetTable);
    for (const path of missing) {
      const runs = files.find((file) => file.path === path)?.runs ?? [];
      const gone = [...new Set(runs.map(({ id }) => id))].filter((id) => !listed.has(id));
      if (gone.length === 0) continue;
      const names = `${gone.slice(0, 10).join(", ")}${gone.length > 10 ? ` and ${gone.length - 10} more` : ""}`;
      throw new LazyrunsError(
        `${path} of ${out} isn't there as it was written, and runs in it can't be fetched again, since the server ` +
          `doesn't list them any more: ${names}. Put the file back from a copy, or set prune to do without those runs.`,
        { operation: "exporting a project", missing: gone },
      );
    }
  }
}
