import * as deploys from "./deploys.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("deploys", Object.values(deploys));
