import { runScenarios } from "./run-scenarios.ts";
import * as search from "./search-releases.scenarios.ts";

runScenarios("searching releases", Object.values(search));
