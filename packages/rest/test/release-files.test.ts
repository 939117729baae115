import { lists, members } from "./release-file-lists.scenarios.ts";
import { refusedUploads, single, uploads } from "./release-files.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

runScenarios("release files", [uploads, refusedUploads, lists, members, single]);
