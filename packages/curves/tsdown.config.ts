import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts"],
  format: ["esm"],
  dts: { eager: true },
  platform: "neutral",
  fixedExtension: true,
  target: "es2022",
});
