import { defineConfig } from "vitest/config";

/** Property tests run with thousands of values, which takes long on a busy machine. */
export default defineConfig({ test: { setupFiles: ["../../scripts/property-seed.mjs"], testTimeout: 30_000 } });
