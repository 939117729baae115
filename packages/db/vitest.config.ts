import { defineConfig } from "vitest/config";

/** The tests start processes and databases, which takes long on a busy machine. */
export default defineConfig({ test: { setupFiles: ["../../scripts/property-seed.mjs"], testTimeout: 60_000, hookTimeout: 60_000 } });
