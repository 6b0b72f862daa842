import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "dataframes", include: ["src/**/*.test.ts"] } });
