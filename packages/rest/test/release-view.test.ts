import * as view from "./release-view.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("what is told of a release", [view.columnScenarios, { sharing: view.versionInfoScenarios }, view.viewScenarios]);
