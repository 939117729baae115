import { listScenarios, parameterScenarios } from "./list-releases.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("listing releases", [listScenarios, parameterScenarios]);
