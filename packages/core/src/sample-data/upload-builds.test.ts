import { DAY } from "@landfall/domain/durations";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { noBlobs } from "@landfall/db/blobs/blob-store";
import { s3Blobs } from "@landfall/db/blobs/s3-blobs";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { rowCounts } from "@landfall/testing/stores/wrapped-stores";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { SYSTEM_ACTOR } from "../kernel/actor.ts";
import type { Context } from "../kernel/context.ts";
import { browseBundles } from "../operations/artifacts/list-bundles.ts";
import { deleteOrganization, purgeRemovedOrganizations } from "../operations/organizations/remove.ts";
import { resolveStack } from "../operations/source-maps/resolve-stack.ts";
import { makeSample } from "./make-sample.ts";
import { planHistory } from "./plan-history.ts";
import { SHOP_TRACE, shopBuild } from "./shop-build.ts";

const organization = "acme";
const at = { organization, project: "web" };
const SMALL = { seed: "small", organization, releases: 14, people: 7, projects: 2, days: 20 };
const OPTIONS = { ...SMALL, name: "Acme" };

describe.each(["sqlite", "pglite"] as const)("the builds of a sample in %s", { timeout: 30_000 }, (kind) => {
  let bench: TestApp;
  let context: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    context = { ...(await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null })), actor: SYSTEM_ACTOR };
  });
  afterEach(() => bench.close());

  /** Returns the releases of the shop, newest first. */
  const releases = () =>
    planHistory({ ...SMALL, now: context.now() })
      .steps.filter((step) => step.kind === "release")
      .filter(({ project }) => project === "web")
      .toReversed();
  const resolve = (event: Pick<Parameters<typeof resolveStack>[1], "release" | "debugIds">) =>
    resolveStack(context, { ...at, stack: SHOP_TRACE, ...event });

  test("belong to the three newest releases of the shop, uploaded when those were created", async () => {
    await makeSample(context, OPTIONS);
    const { items } = await browseBundles(context, at);
    const newest = releases().slice(0, 3);
    expect(items.map(({ associations, date, counts }) => [associations, date, counts])).toEqual(
      newest.map(({ version, at: made }) => [
        [{ release: version, dist: null }],
        made.toISOString().replace(".000Z", "Z"),
        { minified: 1, maps: 1, sources: 0, missing: 0 },
      ]),
    );
    expect(await rowCounts(bench.app.store)).toMatchObject({ artifactBundles: 3, artifactFiles: 6 });
  });

  test("resolve the shop's trace to source, by release or by debug id", async () => {
    await makeSample(context, OPTIONS);
    const [newest, , third, fourth] = releases().map(({ version }) => version);
    const byRelease = await resolve({ release: newest ?? "" });
    expect(byRelease).toMatchObject({ frames: 3, resolved: 3 });
    expect(byRelease.lines.flatMap(({ frame }) => frame?.original?.context?.line.trim() ?? [])).toEqual([
      "return lines.reduce((sum, { price, count }) => sum + price * count, delivery.price);",
      "const amount = total(cart);",
      'button.addEventListener("click", () => pay(JSON.parse(sessionStorage.getItem("cart") ?? "{}"), button));',
    ]);
    const debugIds = { "https://shop.example/assets/checkout.js": shopBuild(third ?? "").debugId };
    expect(await resolve({ debugIds })).toMatchObject({ resolved: 3 });
    const missed = await resolve({ release: fourth ?? "" });
    expect(missed.lines[1]?.frame?.miss).toMatchObject({ reason: "nothing-uploaded" });
  });

  test("are deleted with the sample, and are the same in the next one", async () => {
    // The id of a bundle is derived from its content.
    const builds = async () => (await browseBundles(context, at)).items.map(({ bundleId }) => bundleId);
    await makeSample(context, OPTIONS);
    const first = await builds();
    await deleteOrganization(context, { organization });
    await purgeRemovedOrganizations({ ...context, now: () => new Date(bench.app.now().getTime() + DAY) });
    expect(await rowCounts(bench.app.store)).toMatchObject({
      artifactBundles: 0,
      artifactFiles: 0,
      artifactUrls: 0,
      assemblies: 0,
      chunks: 0,
    });
    await makeSample(context, OPTIONS);
    expect(await builds()).toEqual(first);
  });

  test("are left out without a blob store, or if it cannot be reached", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "landfall-sample-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const keys = { region: "auto", accessKeyId: "key", secretAccessKey: "secret" };
    const unreachable = s3Blobs({ bucket: "http://127.0.0.1:1/landfall", stagingFolder: folder, ...keys });
    for (const blobs of [noBlobs, unreachable]) {
      await makeSample({ ...context, blobs }, OPTIONS, { replaces: true });
      expect(await rowCounts(bench.app.store)).toMatchObject({ releases: 14, artifactBundles: 0, assemblies: 0 });
    }
  });
});
