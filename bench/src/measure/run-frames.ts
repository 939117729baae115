import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { inProcessMapReader, type MapReader } from "@landfall/core/kernel/map-reader";
import { assembleArtifactBundle } from "@landfall/core/operations/artifacts/assemble";
import { createAssembler } from "@landfall/core/operations/artifacts/assembler";
import { resolveStack } from "@landfall/core/operations/source-maps/resolve-stack";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { largeMap } from "../seed/large-map.ts";
import { openApp, type Place } from "./open-app.ts";

/** Uses the token of an owner, because reading sources requires more than a CI token. */
export type FramesOrder = { readonly data: Place; readonly count: number; readonly repeats: number };

/** Milliseconds per round, for the first trace of a process, which parses the map, and for the next one. */
type Times = { readonly first: number[]; readonly next: number[] };

export type FramesSamples = {
  readonly mapBytes: number;
  readonly landfall: Times;
  /** `@jridgewell/trace-mapping` alone: parse and look up. */
  readonly baseline: Times;
  /** How often one process read the map for all of its traces, at most. */
  readonly parsed: number;
};

const VERSION = "web@traced";
const SCRIPT = "https://app.example.com/assets/app.js";

/** Resolves stack traces with frames in one script, like the page and the CLI, and the same positions without Landfall. */
export async function runFrames({ data, count, repeats }: FramesOrder): Promise<FramesSamples> {
  const { text, positions } = largeMap(count);
  const trace = positions.map(({ line, column }, index) => `    at f${index} (${SCRIPT}:${line}:${column + 1})`);
  const stack = `Error: it broke\n${trace.join("\n")}`;
  await uploadMap(data, text);
  const landfall: Times = { first: [], next: [] };
  const baseline: Times = { first: [], next: [] };
  let parsed = 0;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const maps = countedReader();
    await using opened = await openApp(data, maps);
    const resolve = async () => {
      const started = performance.now();
      const input = { release: VERSION, stack };
      const result = await resolveStack.call(opened.context, { organization: data.organization, project: "web" }, () => input);
      if (result.resolved !== count) throw new Error(`${result.resolved} of ${count} frames were resolved`);
      return performance.now() - started;
    };
    landfall.first.push(await resolve());
    landfall.next.push(await resolve());
    parsed = Math.max(parsed, maps.reads());
    const { first, next } = traceAlone(text, positions);
    baseline.first.push(first);
    baseline.next.push(next);
  }
  return { mapBytes: Buffer.byteLength(text), landfall, baseline, parsed };
}

async function uploadMap(data: Place, map: string): Promise<void> {
  await using opened = await openApp(data);
  const { app, context, upload } = opened;
  const script = { url: "~/assets/app.js", type: "minified_source", headers: { sourcemap: "app.js.map" }, content: "f();" };
  const files = { "app.js": script, "app.js.map": { url: "~/assets/app.js.map", type: "source_map", content: map } };
  const request = await upload(makeBundle({ org: data.organization, release: VERSION, files }));
  const input = { ...request, projects: ["web"], version: VERSION };
  await assembleArtifactBundle.call(context, { organization: data.organization }, () => input);
  const failures: unknown[] = [];
  const assembler = createAssembler(app, { onError: (error) => failures.push(error) });
  assembler.wake();
  await assembler.idle();
  if (failures.length > 0) throw new Error("the bundle of the map could not be assembled", { cause: failures[0] });
}

/** A reader that counts how often it fetched a map. */
function countedReader(): MapReader & { reads(): number } {
  const reader = inProcessMapReader();
  let reads = 0;
  return {
    ...reader,
    resolve: (map, positions) => {
      const bytes = () => {
        reads += 1;
        return map.bytes();
      };
      return reader.resolve({ ...map, bytes }, positions);
    },
    reads: () => reads,
  };
}

function traceAlone(
  text: string,
  positions: readonly { readonly line: number; readonly column: number }[],
): { first: number; next: number } {
  const started = performance.now();
  const map = new TraceMap(text);
  const all = () => positions.every((position) => originalPositionFor(map, position).source !== null);
  if (!all()) throw new Error("a position was not resolved");
  const parsed = performance.now();
  all();
  return { first: parsed - started, next: performance.now() - parsed };
}
