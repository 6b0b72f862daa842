import Module, { createRequire } from "node:module";

/** The CommonJS modules that are loaded in this process, by their files. */
export function loadedModules(): Readonly<Record<string, NodeJS.Module | undefined>> {
  return createRequire(process.execPath).cache;
}

/** The exports of the loaded modules whose file's end is this, by their files. A process may hold several copies of a package. */
export function exportsByFile<T extends object>(file: RegExp): Map<string, T> {
  const found = new Map<string, T>();
  const modules = loadedModules();
  for (const path in modules) {
    if (file.test(path)) found.set(path, modules[path]?.exports as T);
  }
  return found;
}

/** The exports of the loaded modules whose file's end is this. */
export function exportsOf<T extends object>(file: RegExp): T[] {
  return [...exportsByFile<T>(file).values()];
}

/**
 * Calls back whenever a CommonJS module was loaded whose name or path is like this. Node has no public hook for what is
 * loaded by `require`; replacing `Module._load` is what tracers of calls do.
 */
export function onLoaded(name: RegExp, callback: () => void): void {
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  loader._load = function (this: unknown, request: string, ...rest: unknown[]): unknown {
    const exports = load.call(this, request, ...rest);
    if (name.test(request)) callback();
    return exports;
  };
}
