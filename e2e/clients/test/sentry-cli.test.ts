import { describe } from "vitest";
import { runScenarios } from "../src/client-bench.ts";
import { SENTRY_CLI_SCENARIOS } from "./sentry-cli.scenarios.ts";

describe("the acceptance scenarios of sentry-cli", () => {
  runScenarios(SENTRY_CLI_SCENARIOS);
});
