import { lists, removals } from "./artifact-bundles.scenarios.ts";
import { lookups } from "./artifact-lookup.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("artifact bundles", [lists, removals, lookups]);
