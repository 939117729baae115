import { defineConfig } from "vitest/config";

/** The tests create and read large and malicious files, which takes long on a busy machine. */
export default defineConfig({ test: { setupFiles: ["../../scripts/property-seed.mjs"], testTimeout: 20_000 } });
