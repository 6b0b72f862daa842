import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "e2e",
    include: ["**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Machines are busy while all tests run: what is waited for comes, but not within a second.
    expect: { poll: { timeout: 20_000 } },
  },
});
