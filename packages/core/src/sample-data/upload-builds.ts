import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type NewBundleFile, writeBundle } from "@landfall/artifacts/bundles/write-bundle";
import { noBlobs } from "@landfall/db/blobs/blob-store";
import { isAppError } from "../kernel/app-error.ts";
import type { Context } from "../kernel/context.ts";
import { assembleArtifactBundle } from "../operations/artifacts/assemble.ts";
import { claimAssembly, createAssemblyHeartbeat } from "../operations/artifacts/assembler.ts";
import { runAssembly } from "../operations/artifacts/run-assembly.ts";
import { uploadChunks } from "../operations/artifacts/upload-chunks.ts";
import { toStorageError } from "../records/artifacts/blobs.ts";
import type { UploadPart } from "../records/artifacts/uploads.ts";
import type { History } from "./history.ts";
import { type Replay, stepContext } from "./replay-history.ts";
import { shopBuild } from "./shop-build.ts";

/** The number of the newest releases that have artifacts. */
const BUILDS = 3;

/**
 * Uploads builds for the newest releases of the first project, the shop, like a client would at the dates of the releases. Does nothing if the
 * server has no blob store, or cannot reach it.
 */
export async function uploadBuilds(context: Context, { projects, steps }: History, replay: Replay): Promise<void> {
  if (context.blobs === noBlobs) return;
  const [shop] = projects;
  const releases = steps.filter((step) => step.kind === "release" && step.project === shop?.slug);
  try {
    for (const release of releases.slice(-BUILDS)) {
      await uploadBuild(stepContext(context, replay, release), replay, release);
    }
  } catch (error) {
    const failure = toStorageError(error);
    if (!isAppError(failure) || failure.code !== "unavailable") throw error;
  }
}

type Release = { readonly project: string; readonly version: string };

async function uploadBuild(context: Context, { sample }: Replay, { project, version }: Release): Promise<void> {
  const { id: organizationId, slug: organization } = sample.organization;
  const bundle = await bundleOf({ organization, projects: [project], release: version, dist: null });
  const checksum = createHash("sha1").update(bundle).digest("hex");
  await uploadChunks.call(context, { organization }, () => oneFile(bundle, checksum));
  // Without `onAssembly`, so that the background assembler does not assemble it with the current date.
  await assembleArtifactBundle.call({ ...context, onAssembly: undefined }, { organization }, () => {
    return { checksum, chunks: [checksum], projects: [project], version };
  });
  const row = await claimAssembly(context.store, context.now(), organizationId);
  if (row !== null) await runAssembly(context, row, createAssemblyHeartbeat(context, row.id));
}

async function bundleOf(about: Parameters<typeof writeBundle>[1]): Promise<Uint8Array> {
  const folder = await mkdtemp(path.join(tmpdir(), "landfall-sample-"));
  try {
    const file = path.join(folder, "bundle.zip");
    await writeBundle(file, about, filesOf(about.release ?? ""));
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function filesOf(version: string): NewBundleFile[] {
  const { name, debugId, script, map } = shopBuild(version);
  const url = `~/assets/${name}`;
  return [
    { url, type: "minified_source", debugId, mapReference: `${name}.map`, open: () => [Buffer.from(script)] },
    { url: `${url}.map`, type: "source_map", debugId, mapReference: null, open: () => [Buffer.from(map)] },
  ];
}

async function* oneFile(bytes: Uint8Array, filename: string): AsyncIterable<UploadPart> {
  yield { kind: "file", name: "file", filename, contentType: "application/octet-stream", bytes: oneBlock(bytes) };
}

async function* oneBlock(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
