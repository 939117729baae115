import * as chunkUpload from "./chunk-upload.scenarios.ts";
import { runScenarios } from "./run-scenarios.ts";

const { options, chunkScenarios } = chunkUpload;
runScenarios("chunk upload", [options, chunkScenarios]);
