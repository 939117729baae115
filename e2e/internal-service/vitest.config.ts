import { defineConfig } from "vitest/config";

/** Servers are started, and packages are built and installed here, which takes long on a busy machine. */
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
