import type { TranslationBundle } from "@jupyterlab/translation";
import { type ISignal, Signal } from "@lumino/signaling";
import { createRunColors, type RunNumbers } from "../colors/run-colors.ts";
import { DEFAULT_SETTINGS, type ViewSettings } from "../settings/view-settings.ts";
import type { Output } from "./output.ts";
import type { ViewContext } from "./view-context.ts";

/** All outputs that are open now, and what they have in common. */
export class Views {
  readonly trans: TranslationBundle;
  private readonly open = new Set<Output>();
  private readonly runNumbers: RunNumbers = new Map();
  private readonly changes = new Signal<this, void>(this);
  private lastUsed: Output | undefined;
  private set: ViewSettings = DEFAULT_SETTINGS;

  constructor(trans: TranslationBundle) {
    this.trans = trans;
  }

  get settings(): ViewSettings {
    return this.set;
  }

  /** How many outputs are open. */
  get size(): number {
    return this.open.size;
  }

  /** The output that was clicked or reached by keyboard last: what commands are about. */
  get current(): Output | undefined {
    return this.lastUsed;
  }

  /** Told when another output is the current one, or it is in another state. */
  get currentChanged(): ISignal<this, void> {
    return this.changes;
  }

  /** What the views of one output are made with. */
  newContext(): ViewContext {
    const { trans } = this;
    const settings = () => this.set;
    return {
      trans,
      colors: createRunColors(this.runNumbers),
      get settings() {
        return settings();
      },
    };
  }

  /** Keeps an output up to date until it is disposed. */
  add(output: Output): void {
    this.open.add(output);
    output.disposed.connect(() => {
      this.open.delete(output);
      if (this.lastUsed === output) this.use(undefined);
    });
  }

  /** Makes an output the current one. */
  use(output: Output | undefined): void {
    this.lastUsed = output;
    this.changes.emit();
  }

  /** Says that an output is in another state. */
  touch(output: Output): void {
    if (output === this.lastUsed) this.changes.emit();
  }

  setSettings(settings: ViewSettings): void {
    this.set = settings;
    this.each((output) => output.setSettings(settings));
  }

  themeChanged(): void {
    this.each((output) => output.themeChanged());
  }

  /** One output that fails doesn't keep the others from it. */
  private each(tell: (output: Output) => void): void {
    for (const output of this.open) {
      try {
        tell(output);
      } catch (error) {
        console.error("Lazyruns: an output couldn't be updated.", error);
      }
    }
  }
}
