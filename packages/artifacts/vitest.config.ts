import { defineConfig } from "vitest/config";

/** Large and hostile files are made and read here; a busy machine takes its time over them. */
export default defineConfig({ test: { testTimeout: 20_000 } });
