import { defineConfig } from "tsdown";

// The command is run, never imported: it needs one format and no declarations.
export default defineConfig({
  entry: ["src/bin.ts"],
  format: ["esm"],
  dts: false,
  platform: "node",
  target: "node20",
});
