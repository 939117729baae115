import { readScenarios } from "./read-release.scenarios.ts";
import { releaseDetailsScenarios } from "./release-details.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";
import { updateScenarios } from "./update-release.scenarios.ts";

runScenarios("one release", [releaseDetailsScenarios, readScenarios, updateScenarios]);
