import * as view from "./release-view.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("the fields of a release in responses", [view.columnScenarios, { sharing: view.versionInfoScenarios }, view.viewScenarios]);
