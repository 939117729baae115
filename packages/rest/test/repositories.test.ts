import { completionScenarios, hookScenarios } from "./release-setup.scenarios.ts";
import { repositoryScenarios } from "./repositories.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("repositories and the setup of releases", [repositoryScenarios, completionScenarios, hookScenarios]);
