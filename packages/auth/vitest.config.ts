import { defineConfig } from "vitest/config";

/** Hashing passwords takes long, especially on a busy machine. */
export default defineConfig({ test: { setupFiles: ["../../scripts/property-seed.mjs"], testTimeout: 20_000, hookTimeout: 20_000 } });
