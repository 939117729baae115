import { defineConfig } from "vitest/config";

// Many of these tests start processes, which takes a while on a busy machine.
export default defineConfig({ test: { setupFiles: ["../../scripts/property-seed.mjs"], testTimeout: 60_000, hookTimeout: 60_000 } });
