import { defineConfig } from "vitest/config";

/** Hashing passwords takes its time, the more so on a busy machine. */
export default defineConfig({ test: { testTimeout: 20_000, hookTimeout: 20_000 } });
