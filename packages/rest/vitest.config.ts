import { defineConfig } from "vitest/config";

export default defineConfig({
  // Starting PGlite takes a second: files that run in one worker share it, and the modules.
  test: { setupFiles: ["../../scripts/property-seed.mjs"], isolate: false, testTimeout: 20_000, hookTimeout: 60_000 },
});
