import { defineConfig } from "vitest/config";

/** Property tests run with many generated texts, which takes long on a busy machine. */
export default defineConfig({ test: { setupFiles: ["../../scripts/property-seed.mjs"], testTimeout: 20_000 } });
