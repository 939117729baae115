import type { RetentionItemView } from "@landfall/schema/artifacts/retention";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { and, eq, inArray } from "drizzle-orm";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { previewRetention } from "./preview.ts";
import type { RetentionRule } from "./retention-policy.ts";
import { setRetention } from "./retention-rule.ts";
import { ensureEnvironment, type Plan, sizeOfBlob, versionOf, writePlan } from "./retention-world.fixture.ts";
import { startRetention } from "./start-and-list-runs.ts";

const ENVIRONMENTS = ["production", "staging", "preview"] as const;
const PROJECTS = ["web", "api"] as const;

let bench: TestApp;
let organizations = 0;

beforeEach(async () => {
  bench = await createTestApp();
});

afterEach(() => bench.close());

const age = fc.integer({ min: 0, max: 12 }).map((days) => days + 0.5);
const projects = fc.subarray([...PROJECTS], { minLength: 1 });
const environments = fc.subarray([...ENVIRONMENTS]);

const release = fc.record({
  age,
  projects,
  deploys: environments.chain((names) =>
    fc.tuple(...names.map((environment) => fc.record({ environment: fc.constant(environment), age }))),
  ),
  files: fc.array(fc.record({ age, blob: fc.integer({ min: 0, max: 9 }), isArchive: fc.boolean() }), { maxLength: 3 }),
});

const rule = fc
  .record({
    keepLast: fc.option(fc.integer({ min: 1, max: 4 })),
    keepDays: fc.option(fc.integer({ min: 1, max: 10 })),
    environments,
  })
  .filter(({ keepLast, keepDays }) => keepLast !== null || keepDays !== null);

const plan: fc.Arbitrary<Plan> = fc.array(release, { maxLength: 7 }).chain((releases) => {
  const bundle = fc.record({
    age,
    again: fc.option(age),
    blob: fc.integer({ min: 0, max: 14 }),
    projects,
    releases: fc.subarray([-1, ...releases.keys()], { maxLength: Math.min(3, releases.length + 1) }),
  });
  return fc.record({
    releases: fc.constant(releases),
    bundles: fc.array(bundle, { maxLength: 7 }),
    hidden: fc.record({ web: environments, api: environments }),
  });
});

/** A literal implementation of the documented rules. */
function kept(plan: Plan, slug: string, rule: RetentionRule | null) {
  const ofProject = [...plan.releases.entries()].filter(([, { projects: of }]) => of.includes(slug));
  const newest = ofProject.toSorted(([a, { age: older }], [b, { age: newer }]) => older - newer || b - a).map(([index]) => index);
  const has = (index: number) =>
    (plan.releases[index]?.files.length ?? 0) > 0 ||
    plan.bundles.some((bundle) => bundle.projects.includes(slug) && bundle.releases.includes(index));
  const last = newest.filter(has).slice(0, rule?.keepLast ?? 0);
  const deployed = ofProject.filter(([, { deploys }]) => deploys.some(({ environment }) => rule?.environments.includes(environment)));
  const current = ENVIRONMENTS.filter((name) => !plan.hidden[slug]?.includes(name)).flatMap((name) => {
    const there = ofProject.flatMap(([index, { deploys }]) =>
      deploys.flatMap((deploy) => (deploy.environment === name ? [{ index, ...deploy }] : [])),
    );
    // Of two that finished at the same time, the one reported later.
    const [now] = there.toSorted((a, b) => a.age - b.age || b.index - a.index);
    return now ? [now.index] : [];
  });
  const kept = new Set([...last, ...deployed.map(([index]) => index), ...current]);
  const isRecent = (days: number) => days <= Math.max(1, rule?.keepDays ?? 0);
  return {
    release: (index: number) => rule === null || kept.has(index),
    isRecent: (days: number) => rule === null || isRecent(days),
    bundle: ({ age: first, again, releases }: Plan["bundles"][number]): boolean => {
      const releasesHere = releases.filter((index) => ofProject.some(([other]) => other === index));
      if (rule === null || isRecent(again ?? first)) return true;
      return releasesHere.length === 0 ? rule.keepDays === null : releasesHere.some((index) => kept.has(index));
    },
  };
}

async function everything(owner: Context, at: { organization: string; project: string }) {
  const first = await previewRetention(owner, { ...at, per_page: 3 });
  const items: RetentionItemView[] = [...first.items];
  for (let page = first; page.next?.hasResults;) {
    page = await previewRetention(owner, { ...at, per_page: 3, cursor: page.next.cursor });
    expect(page.totals).toEqual(first.totals);
    items.push(...page.items);
  }
  return { items, totals: first.totals };
}

/** Returns the existing artifacts: bundles by project, files by release, and referenced blobs. */
async function existing(organizationId: number) {
  const { read } = bench.app.store;
  const { artifactBundles, artifactBundleProjects, releaseFiles, releaseArchives, releases, blobs } = read.tables;
  const bundles = await read
    .select({ bundle: artifactBundles.bundleId, projectId: artifactBundleProjects.projectId, blobId: artifactBundles.blobId })
    .from(artifactBundles)
    .innerJoin(artifactBundleProjects, eq(artifactBundleProjects.bundleId, artifactBundles.id))
    .where(eq(artifactBundles.organizationId, organizationId));
  const ofOrganization = eq(releases.organizationId, organizationId);
  const files = await read
    .select({ version: releases.version, blobId: releaseFiles.blobId })
    .from(releaseFiles)
    .innerJoin(releases, and(eq(releases.id, releaseFiles.releaseId), ofOrganization));
  const archives = await read
    .select({ version: releases.version, blobId: releaseArchives.blobId })
    .from(releaseArchives)
    .innerJoin(releases, and(eq(releases.id, releaseArchives.releaseId), ofOrganization));
  const used = [...bundles, ...files, ...archives].flatMap(({ blobId }) => blobId ?? []);
  const sizes = await read
    .select({ id: blobs.id, size: blobs.size })
    .from(blobs)
    .where(inArray(blobs.id, [...new Set(used)]));
  return {
    bundles: bundles.map(({ bundle, projectId }) => `${bundle} of ${projectId}`),
    versions: [...new Set([...files, ...archives].map(({ version }) => version))],
    files: files.length,
    bytes: sizes.reduce((sum, { size }) => sum + size, 0),
  };
}

test("a run deletes what its preview lists, and nothing that a rule keeps", { timeout: 120_000 }, async () => {
  const now = bench.app.now();
  await fc.assert(
    fc.asyncProperty(plan, rule, fc.option(rule), async (planned, own, others) => {
      const organization = `org${(organizations += 1)}`;
      const org = await bench.given.organization(organization, { teams: ["crew"], projects: { web: "crew", api: "crew" } });
      await bench.given.user(`${organization}@acme.test`, { organization, role: "owner" });
      const owner = await callers(bench.app, bench.given).person(`${organization}@acme.test`);
      await writePlan(bench.app.store, org, planned, now);
      for (const name of ENVIRONMENTS) await bench.app.store.transaction((tx) => ensureEnvironment(tx, org.id, name));
      const at = { organization, project: "web" };
      await setRetention(owner, { ...at, ...own });
      if (others) await setRetention(owner, { organization, project: "api", ...others });

      const [web, api] = [kept(planned, "web", own), kept(planned, "api", others)];
      const bundles = planned.bundles.flatMap((bundle, index) =>
        bundle.projects.includes("web") && !web.bundle(bundle) ? [`b${index}`] : [],
      );
      const versions = planned.releases.flatMap((one, index) => {
        const newestAge = Math.min(...one.files.map((file) => file.age));
        const isKept = one.projects.some((slug) => {
          const { release: kept, isRecent } = slug === "web" ? web : api;
          return kept(index) || isRecent(newestAge);
        });
        return one.projects.includes("web") && one.files.length > 0 && !isKept ? [versionOf(index)] : [];
      });

      const before = await existing(org.id);
      const { items, totals } = await everything(owner, at);
      expect(items.flatMap(({ kind, id }) => (kind === "bundle" ? id : [])).toSorted()).toEqual(bundles.toSorted());
      expect(items.flatMap(({ kind, id }) => (kind === "files" ? id : [])).toSorted()).toEqual(versions.toSorted());
      for (const { kind, id, bytes } of items) {
        const index = Number(id.slice(1));
        const own =
          kind === "bundle" ? [planned.bundles[index]?.blob ?? -1] : (planned.releases[index]?.files.map(({ blob }) => blob) ?? []);
        expect(bytes).toBe([...new Set(own)].reduce((sum, blob) => sum + sizeOfBlob(blob), 0));
      }

      const run = await startRetention(owner, at);
      const after = await existing(org.id);
      expect(run).toMatchObject({ ...totals, failure: null });
      expect(before.bytes - after.bytes).toBe(totals.bytes);
      const webId = org.projectIds.get("web");
      expect(before.bundles.filter((one) => !after.bundles.includes(one)).toSorted()).toEqual(
        bundles.map((id) => `${id} of ${webId}`).toSorted(),
      );
      expect(before.versions.filter((one) => !after.versions.includes(one)).toSorted()).toEqual(versions.toSorted());
      expect(await everything(owner, at)).toMatchObject({ items: [], totals: { bundles: 0, releases: 0, files: 0, bytes: 0 } });
    }),
    { numRuns: 60 },
  );
});
