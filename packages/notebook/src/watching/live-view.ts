import type { Runs } from "@lazyruns/core";
import { collectionBundle, type MimeBundle } from "../bundle/bundle.ts";
import { deletedNote, withNote } from "../kernel/note.ts";
import { type Display, newDisplay } from "../kernel/output.ts";
import { bundleOptions, type ShowOptions } from "../shown-runs.ts";
import type { LiveRuns } from "./live-runs.ts";

/** Where watched runs are seen: an output of the cell that is changed, or lines in a terminal. */
export class LiveView {
  readonly #runs: Runs;
  readonly #options: ShowOptions;
  #display: Display | undefined;
  /** How often something was printed. */
  #prints = 0;
  /** The states that were printed. */
  readonly #states = new Map<string, string | null>();

  constructor(runs: Runs, options: ShowOptions) {
    this.#runs = runs;
    this.#options = options;
  }

  /** Shows them as they are now, with a line below. */
  show(live: LiveRuns, note?: string): void {
    const bundle = this.#bundle(live, note);
    if (this.#display !== undefined) this.#display.update(bundle);
    else this.#display = newDisplay(bundle);
    if (this.#display === undefined) this.#print(live, bundle, note);
  }

  /** Shows them for the last time. */
  end(live: LiveRuns, note?: string): void {
    this.show(live, note);
    if (this.#display === undefined && this.#prints !== 1) {
      console.log(this.#bundle(live, note)["text/plain"]);
    }
  }

  #print(live: LiveRuns, bundle: MimeBundle, note: string | undefined): void {
    const { all } = live;
    if (all.length === 0) return;
    const changed = all.filter(({ id, state }) => this.#states.get(id) !== state);
    for (const { id, state } of changed) this.#states.set(id, state);
    const lines =
      this.#prints === 0
        ? [bundle["text/plain"]]
        : [...changed.map(({ id, name, state }) => `${id} ${name}: ${state}`), ...(note ? [note] : [])];
    for (const line of lines) console.log(line);
    if (lines.length > 0) this.#prints++;
  }

  #bundle(live: LiveRuns, note: string | undefined): MimeBundle {
    const { all, gone, histories } = live;
    const options = bundleOptions(this.#options, histories);
    if (all.length === 0) return collectionBundle(this.#runs, { ...options, failure: note });
    const { entity, project } = this.#runs;
    const peek = () => ({ fetched: all, total: all.length, isComplete: true });
    const bundle = collectionBundle({ entity, project, peek }, options);
    const notes = [...(gone.size > 0 ? [deletedNote(gone)] : []), ...(note === undefined ? [] : [note])];
    return notes.reduce(withNote, bundle);
  }
}
