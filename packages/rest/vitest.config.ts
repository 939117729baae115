import { defineConfig } from "vitest/config";

export default defineConfig({
  // Starting a PostgreSQL inside the process takes a second: files that share a worker share it, and the modules.
  test: { isolate: false, testTimeout: 20_000, hookTimeout: 60_000 },
});
