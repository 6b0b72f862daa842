import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { projects: ["packages/*/vitest.config.{ts,mts}", "e2e/vitest.config.ts", "bench/vitest.config.ts"] },
});
