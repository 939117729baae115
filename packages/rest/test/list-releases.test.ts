import { parameterScenarios } from "./list-parameters.scenarios.ts";
import { listScenarios } from "./list-releases.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("listing releases", [listScenarios, parameterScenarios]);
