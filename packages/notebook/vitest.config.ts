import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "notebook", include: ["src/**/*.test.ts"] } });
