import { defineConfig } from "vitest/config";

/** These tests start databases and servers, which takes long on a busy machine. */
export default defineConfig({ test: { setupFiles: ["../scripts/property-seed.mjs"], testTimeout: 20_000, hookTimeout: 60_000 } });
