import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["packages/*", "apps/*", "e2e/*", "bench"],
    // Every core: left to itself vitest keeps one free, which on two is half the machine.
    maxWorkers: "100%",
  },
});
