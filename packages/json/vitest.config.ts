import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "json", include: ["src/**/*.test.ts"] } });
