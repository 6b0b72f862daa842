import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "curves", include: ["src/**/*.test.ts"] } });
