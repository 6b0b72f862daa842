import { AsyncLocalStorage } from "node:async_hooks";

/** What all copies of this package in a process share: its ESM and its CommonJS build can both be loaded. */
interface Shared {
  /** Whether values show themselves and long calls are watched. */
  isInstalled: boolean;
  /** Whether long calls show how far they are. */
  progress: boolean;
  /** Set within work of our own that shows nothing of how far it is. */
  readonly quiet: AsyncLocalStorage<true>;
}

const KEY = Symbol.for("lazyruns.notebook");
const global = globalThis as { [KEY]?: Shared };

global[KEY] ??= { isInstalled: false, progress: true, quiet: new AsyncLocalStorage() };

export const shared: Shared = global[KEY];
