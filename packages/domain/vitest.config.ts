import { defineConfig } from "vitest/config";

/** Properties over many generated texts are tested here; a busy machine takes its time over them. */
export default defineConfig({ test: { testTimeout: 20_000 } });
