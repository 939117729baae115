import { createReleaseScenarios } from "./create-release.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("creating a release", [createReleaseScenarios]);
