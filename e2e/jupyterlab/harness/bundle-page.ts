import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, rolldown } from "rolldown";

/** The extension's package, from which every package that a page imports is resolved: there is one of each then. */
const EXTENSION = fileURLToPath(new URL("../../../packages/jupyterlab-ext/package.json", import.meta.url));
const ENTRY = "\0entry";
/** Below it, a page finds files by their paths. */
export const FILES = "/files";

/**
 * Bundles a page's script, and what it imports, for a browser.
 *
 * @returns the modules by their names; `page.js` is the first, and puts what the script exports into `globalThis.script`
 */
export async function bundlePage(script: URL): Promise<ReadonlyMap<string, string>> {
  const bundle = await rolldown({
    input: { page: ENTRY },
    platform: "browser",
    plugins: [withoutToolkit(), entry(fileURLToPath(script)), styles()],
    moduleTypes: { ".svg": "text" },
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
    onLog: (_, { code, message }) => {
      if (code === "UNRESOLVED_IMPORT") throw new Error(message);
    },
  });
  const { output } = await bundle.generate({ format: "esm", entryFileNames: "[name].js" });
  await bundle.close();
  return new Map(output.map((file) => [file.fileName, String("code" in file ? file.code : file.source)]));
}

function entry(script: string): Plugin {
  return {
    name: "entry",
    resolveId(id, importer) {
      if (id === ENTRY) return id;
      if (importer === ENTRY || /^[./]/.test(id)) return undefined;
      return this.resolve(id, EXTENSION, { skipSelf: true });
    },
    load(id) {
      if (id !== ENTRY) return undefined;
      return `import * as script from ${JSON.stringify(script)};\nglobalThis.script = script;`;
    },
  };
}

/** JupyterLab's own components, which its icons come along with: they import what their package doesn't name. */
function withoutToolkit(): Plugin {
  const toolkit = /^@jupyter\/(react|web)-components$/;
  return {
    name: "without-toolkit",
    resolveId: { filter: { id: toolkit }, handler: (id) => `\0${id}` },
    load: (id) => (toolkit.test(id.slice(1)) ? "module.exports = {};" : undefined),
  };
}

/** A style sheet is a module that adds it to the page, after those that it imports. */
function styles(): Plugin {
  return {
    name: "styles",
    resolveId(id, importer) {
      if (!id.startsWith("~")) return undefined;
      return this.resolve(id.slice(1), importer, { skipSelf: true });
    },
    load: {
      filter: { id: /\.css$/ },
      async handler(id) {
        const imports: string[] = [];
        const text = (await readFile(id, "utf8"))
          .replaceAll(/@import\s+(?:url\()?\s*["']([^"']+)["']\s*\)?\s*;/g, (_, from: string) => {
            imports.push(/^[~.]/.test(from) ? from : `./${from}`);
            return "";
          })
          .replaceAll(/url\(\s*["']?(?!data:|https?:|#)([^"')]+)["']?\s*\)/g, (_, of: string) => {
            return `url("${FILES}${path.resolve(path.dirname(id), of)}")`;
          });
        const code = [
          ...imports.map((from) => `import ${JSON.stringify(from)};`),
          'const style = document.createElement("style");',
          `style.textContent = ${JSON.stringify(text)};`,
          "document.head.append(style);",
        ].join("\n");
        return { code, moduleType: "js", moduleSideEffects: true };
      },
    },
  };
}
