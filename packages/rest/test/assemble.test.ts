import { assembleScenarios, bodies } from "./assemble.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("assembling", [bodies, assembleScenarios]);
