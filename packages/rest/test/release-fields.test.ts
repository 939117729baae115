import { commitFieldScenarios } from "./commit-fields.scenarios.ts";
import { fieldScenarios, versionScenarios } from "./release-fields.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("the fields of a release", [{ sharing: versionScenarios }, { sharing: fieldScenarios }, { sharing: commitFieldScenarios }]);
