import { commitPages, linkScenarios, offsetPages } from "./pages.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("pages of a list", [offsetPages, commitPages, linkScenarios]);
