import { defineConfig } from "vitest/config";

/** Property tests run with many generated texts, which takes long on a busy machine. */
export default defineConfig({ test: { testTimeout: 20_000 } });
