import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "jupyterlab-ext",
    include: ["src/**/*.test.ts"],
    environment: "happy-dom",
    // Their files are ES modules whose package.json doesn't say so.
    server: { deps: { inline: [/@jupyterlab\//, /@jupyter\//, /@microsoft\/fast-/] } },
  },
});
