import type { ExportedRun } from "@lazyruns/core";

/** What a file on the server is called. Nothing of it has the URL's query, which may be a signature. */
export interface FileName {
  /** Its URL as far as that stays the same from answer to answer. */
  readonly place: string;
  /** The last part of its path, shortened. */
  readonly file: string;
  /** For messages: the file and the run. */
  readonly label: string;
}

const LONGEST = 80;

/** The name of a file that a run's history is in. */
export function nameOf(run: ExportedRun, url: string): FileName {
  const { origin, pathname } = new URL(url, run.baseUrl);
  const last = pathname.split("/").at(-1) ?? "";
  const file = JSON.stringify(last.length > LONGEST ? `${last.slice(0, LONGEST)}…` : last);
  const path = `${run.entity}/${run.project}/${run.id}`;
  return { place: `${origin}${pathname}`, file, label: `The exported file ${file} of run ${path}` };
}
