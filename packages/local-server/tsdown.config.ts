import { defineConfig } from "tsdown";

const COMMON = { platform: "node", target: "node20" } as const;

export default defineConfig([
  { ...COMMON, entry: ["src/index.ts"], format: ["esm", "cjs"], dts: { eager: true } },
  // The command: nobody imports it.
  { ...COMMON, entry: ["src/bin.ts"], format: ["esm"], dts: false, clean: false },
]);
