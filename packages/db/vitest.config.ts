import { defineConfig } from "vitest/config";

/** Other processes and other databases are started here; a busy machine takes its time over them. */
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
