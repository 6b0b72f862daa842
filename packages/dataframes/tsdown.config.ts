import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/polars.ts", "src/danfo.ts", "src/arrow.ts", "src/parquet.ts"],
  format: ["esm", "cjs"],
  dts: { eager: true },
  platform: "node",
  target: "node20",
});
