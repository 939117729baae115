import { identityScenarios } from "./commit-identity.scenarios.ts";
import { applyScenarios, readScenarios } from "./commits.scenarios.ts";
import { clientScenarios, refScenarios } from "./refs.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("commits and refs", [readScenarios, applyScenarios, identityScenarios, refScenarios, clientScenarios]);
