import { writeSync } from "node:fs";
import { type AssembliesOrder, runAssemblies } from "./run-assemblies.ts";
import { type FramesOrder, runFrames } from "./run-frames.ts";

/* A separate process for measurements without a server: `node artifacts-process.ts <order as JSON>` prints the result as JSON. */
export type ArtifactsOrder = { readonly assemblies: AssembliesOrder } | { readonly frames: FramesOrder };

const order: ArtifactsOrder = JSON.parse(process.argv[2] ?? "");
writeSync(1, JSON.stringify("frames" in order ? await runFrames(order.frames) : await runAssemblies(order.assemblies)));
