import { defineConfig } from "vitest/config";

/** Properties are checked with thousands of values; a busy machine takes its time over them. */
export default defineConfig({ test: { testTimeout: 30_000 } });
