import { readScenarios, releaseDetailsScenarios, updateScenarios } from "./release-details.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("one release", [releaseDetailsScenarios, readScenarios, updateScenarios]);
