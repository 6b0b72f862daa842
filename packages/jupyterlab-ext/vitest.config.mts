import { readFileSync } from "node:fs";
import { join } from "node:path";
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
  resolve: {
    alias: [
      {
        find: /^@jupyter\/(web|react)-components$/,
        replacement: join(import.meta.dirname, "src/testing/web-components.ts"),
      },
    ],
  },
  test: {
    name: "jupyterlab-ext",
    include: ["src/**/*.test.ts"],
    environment: "happy-dom",
    setupFiles: ["src/testing/happy-dom.ts"],
    // Their files are ES modules whose package.json doesn't say so.
    server: { deps: { inline: [/@jupyterlab\//, /@jupyter\//] } },
  },
});
