import { defineConfig } from "tsdown";

const COMMON = {
  dts: { eager: true, entry: "src/index.ts" },
  platform: "node",
  target: "node20",
} as const;

export default defineConfig([
  // The command is run, never imported: it needs one format and no declarations.
  { ...COMMON, entry: ["src/index.ts", "src/bin.ts"], format: ["esm"] },
  { ...COMMON, entry: ["src/index.ts"], format: ["cjs"], clean: false },
]);
