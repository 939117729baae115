import { bodyScenarios, callerScenarios, headerScenarios } from "./http.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";
import { undefinedScenarios } from "./undefined-upstream.scenarios.ts";

runScenarios("the wire", [bodyScenarios, headerScenarios, callerScenarios, undefinedScenarios]);
