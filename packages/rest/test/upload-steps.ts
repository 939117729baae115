import { type BundleParts, makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { expect } from "vitest";
import { as, type Step } from "./steps.ts";
import { chunkForm, sha1 } from "./upload-form.ts";
import type { CallerName } from "./scenario-context.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Expects an empty staging folder. */
export const nothingStaged: Step = async ({ wire }) => expect(await wire.app.blobs.sweepStaged(new Date("9999-01-01"))).toBe(0);

/** Assembles the queued archives. */
export const assembled: Step = ({ wire }) => wire.assemble();

/** Uploads bytes in chunks of `size` bytes. */
export const uploaded = (bytes: Bytes, { size = 100_000, who = "ci" }: { size?: number; who?: CallerName } = {}): Step =>
  as(who)
    .call("POST", "O/chunk-upload/", { raw: chunkForm(...chunksOf(bytes, size)) })
    .returns(200);

export const chunksOf = (bytes: Bytes, size = 100_000): Bytes[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.slice(index * size, (index + 1) * size));

/** The body that requests the assembly of bytes. */
export const request = (bytes: Bytes, size = 100_000) => ({ checksum: sha1(bytes), chunks: chunksOf(bytes, size).map(sha1) });

/** Uploads and assembles a bundle, for foo unless `about` has other projects. */
export const bundled =
  (parts: BundleParts, about: Readonly<Record<string, unknown>> = {}, who: CallerName = "ci"): Step =>
  async (on) => {
    const bytes = makeBundle(parts);
    await uploaded(bytes, { who })(on);
    const body = { ...request(bytes), projects: ["foo"], ...about };
    await as(who).post("O/artifactbundle/assemble/", body).returns(200, { state: "created" })(on);
    await assembled(on);
    await as(who).post("O/artifactbundle/assemble/", body).returns(200).exactly({ state: "ok", detail: null, missingChunks: [] })(on);
  };

/** Uploads and assembles the archive of a release. */
export const archived =
  (version: string, parts: BundleParts): Step =>
  async (on) => {
    const bytes = makeBundle(parts);
    const path = `O/releases/${encodeURIComponent(version)}/assemble/`;
    await uploaded(bytes)(on);
    await as("ci").post(path, request(bytes)).returns(200, { state: "created" })(on);
    await assembled(on);
    await as("ci").post(path, request(bytes)).returns(200).exactly({ state: "ok", detail: null, missingChunks: [] })(on);
  };
