import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/mime.ts"],
  format: ["esm", "cjs"],
  dts: { eager: true },
  platform: "node",
  target: "node20",
});
