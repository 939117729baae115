import { orderScenarios, reportAgainScenarios, truthTableScenarios } from "./report-again.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("reporting a release", [truthTableScenarios, orderScenarios, reportAgainScenarios]);
