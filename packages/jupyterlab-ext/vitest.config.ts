import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [
    {
      // JupyterLab's icons are imported as text.
      name: "svg-as-text",
      enforce: "pre",
      load: (id) =>
        id.endsWith(".svg") ? `export default ${JSON.stringify(readFileSync(id, "utf8"))};` : undefined,
    },
  ],
  test: {
    name: "jupyterlab-ext",
    include: ["src/**/*.test.ts"],
    environment: "happy-dom",
    // Their files are ES modules whose package.json doesn't say so.
    server: { deps: { inline: [/@jupyterlab\//, /@jupyter\//, /@microsoft\/fast-/] } },
  },
});
