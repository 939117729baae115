import { listScenarios, oneScenarios, reportScenarios } from "./project-releases.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("a project's releases", [listScenarios, reportScenarios, oneScenarios]);
