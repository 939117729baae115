import { describe } from "vitest";
import { runScenarios } from "../src/client-bench.ts";
import { SENTRY_SCENARIOS } from "./sentry.scenarios.ts";

describe("the acceptance scenarios of the TypeScript client", () => {
  runScenarios(SENTRY_SCENARIOS);
});
