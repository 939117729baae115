import { defineConfig } from "vitest/config";

/**
 * Servers are started, and packages are built and installed here, which takes long on a busy machine. One file runs at a time, after those of
 * the other projects, since two files build the same package.
 */
export default defineConfig({
  test: {
    setupFiles: ["../../scripts/property-seed.mjs"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    sequence: { groupOrder: 1 },
  },
});
