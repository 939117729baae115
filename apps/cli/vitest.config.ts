import { defineConfig } from "vitest/config";

/** Databases and servers are started here; a busy machine takes its time over them. */
export default defineConfig({ test: { setupFiles: ["../../scripts/property-seed.mjs"], testTimeout: 20_000, hookTimeout: 60_000 } });
