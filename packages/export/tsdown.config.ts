import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/polars.ts"],
  format: ["esm", "cjs"],
  dts: { eager: true },
  platform: "node",
  target: "node20",
});
