import { createHash } from "node:crypto";
import { assembleArtifactBundle, assembleRelease } from "@landfall/core/operations/artifacts/assemble";
import { claimAssembly } from "@landfall/core/operations/artifacts/assembler";
import { type AssemblyServices, runAssembly } from "@landfall/core/operations/artifacts/run-assembly";
import { createRelease } from "@landfall/core/operations/releases/create";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { openApp, type Place } from "./open-app.ts";

/** The kinds of archives: storing an artifact bundle reads its directory, a release archive also the checksums of its files. */
export const KINDS = ["artifact bundle", "release archive"] as const;

export type Kind = (typeof KINDS)[number];

/** The steps of an assembly. */
export const STEPS = ["join and hash the chunks", "read the content", "sync to disk", "store the rows"] as const;

export type Step = (typeof STEPS)[number];

export type AssembliesOrder = { readonly data: Place; readonly files: number; readonly repeats: number };

/** Milliseconds, per round. */
export type AssembliesSamples = {
  readonly bytes: number;
  readonly kinds: Readonly<Record<Kind, { readonly total: number[]; readonly steps: Record<Step, number[]> }>>;
};

const VERSION = "web@assembled";

/** Uploads archives and assembles them like the server, measuring each step. */
export async function runAssemblies({ data, files, repeats }: AssembliesOrder): Promise<AssembliesSamples> {
  await using opened = await openApp(data);
  const { app, context, upload } = opened;
  const { organization } = data;
  const newTimes = () => ({ total: [] as number[], steps: stepTimes() });
  const kinds: Record<Kind, ReturnType<typeof newTimes>> = { "artifact bundle": newTimes(), "release archive": newTimes() };
  let bytes = 0;
  await createRelease.call(context, { organization }, () => ({ version: VERSION, projects: ["web"] }));
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const kind of KINDS) {
      const archive = manyFiles(files, `${kind} ${repeat}`);
      bytes = archive.length;
      const request = await upload(archive);
      await (kind === "artifact bundle"
        ? assembleArtifactBundle.call(context, { organization }, () => ({ ...request, projects: ["web"], version: VERSION }))
        : assembleRelease.call(context, { organization, version: VERSION }, () => request));
      const { total, steps } = await assembleNext(app);
      kinds[kind].total.push(total);
      for (const step of STEPS) kinds[kind].steps[step].push(steps[step]);
    }
  }
  return { bytes, kinds };
}

const stepTimes = (): Record<Step, number[]> => ({
  "join and hash the chunks": [],
  "read the content": [],
  "sync to disk": [],
  "store the rows": [],
});

/** Assembles the waiting archive. Time that is not spent on joining, syncing, or storing is reading. */
async function assembleNext(services: AssemblyServices): Promise<{ total: number; steps: Record<Step, number> }> {
  const row = await claimAssembly(services.store, services.now());
  if (!row) throw new Error("no archive is waiting for assembly");
  let [join, keep, rows] = [0, 0, 0];
  const timed = async <T>(work: () => Promise<T>, add: (milliseconds: number) => void): Promise<T> => {
    const started = performance.now();
    const value = await work();
    add(performance.now() - started);
    return value;
  };
  const watched: AssemblyServices = {
    ...services,
    store: {
      ...services.store,
      transaction: (work) =>
        timed(
          () => services.store.transaction(work),
          (took) => (rows += took),
        ),
    },
    blobs: {
      ...services.blobs,
      stage: async (...args) => {
        const staged = await timed(
          () => services.blobs.stage(...args),
          (took) => (join += took),
        );
        return {
          ...staged,
          keep: () =>
            timed(
              () => staged.keep(),
              (took) => (keep += took),
            ),
        };
      },
    },
  };
  let total = 0;
  await timed(
    () => runAssembly(watched, row, () => Promise.resolve()),
    (took) => (total = took),
  );
  const { assemblies } = services.store.read.tables;
  const done = await services.store.read.select({ id: assemblies.id, state: assemblies.state, detail: assemblies.detail }).from(assemblies);
  const state = done.find(({ id }) => id === row.id);
  if (state?.state !== "ok") throw new Error(`an archive could not be assembled: ${state?.detail}`);
  const steps = {
    "join and hash the chunks": join,
    "read the content": total - join - keep - rows,
    "sync to disk": keep,
    "store the rows": rows,
  };
  return { total, steps };
}

/** An archive of scripts and their maps, made unique by its note. */
function manyFiles(count: number, note: string): Uint8Array<ArrayBuffer> {
  const files = Array.from({ length: count }, (_, index) => {
    const isMap = index % 2 === 1;
    const name = `assets/page-${Math.floor(index / 2)}.js${isMap ? ".map" : ""}`;
    const debugId = createHash("sha256")
      .update(`${note}${Math.floor(index / 2)}`)
      .digest("hex")
      .slice(0, 32);
    const headers = { "debug-id": debugId, ...(isMap ? {} : { sourcemap: `page-${Math.floor(index / 2)}.js.map` }) };
    const content = isMap ? `{"version":3,"sources":["${name}"],"mappings":"${mixed(index, 600)}"}` : `f("${mixed(index, 200)}")`;
    return [`files/_/_/${name}`, { url: `~/${name}`, type: isMap ? "source_map" : "minified_source", headers, content }] as const;
  });
  return makeBundle({ org: "acme", release: VERSION, note, files: Object.fromEntries(files) });
}

/** Text that compresses about as well as mappings. */
const mixed = (seed: number, words: number): string =>
  Array.from({ length: words }, (_, index) => Math.imul(seed * words + index + 1, 0x9e37_79b1).toString(36)).join(",");
