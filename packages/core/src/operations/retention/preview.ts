import type { Reader } from "@landfall/db/store";
import { PreviewRetentionInput, type RetentionItemView, type RetentionPreviewView } from "@landfall/schema/artifacts/retention";
import { instant } from "@landfall/schema/instant";
import { REL_READ } from "@landfall/schema/scope";
import { atProject } from "../../access/at-project.ts";
import { reachableProjects } from "../../access/project-reach.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeBundles } from "../../records/artifacts/describe-bundles.ts";
import { countFilesOf, findBlobsOf } from "./delete-files.ts";
import { type ExpiredBundle, findExpiredBundles } from "./expired-bundles.ts";
import { createPolicyCache, type ExpiredFiles, findExpiredFiles } from "./expired-files.ts";
import { countReferences } from "./freed-bytes.ts";
import { findRuleEnvironments, parseRule } from "./retention-policy.ts";

/** The most expired bundles and releases that are counted. Beyond that, the totals are lower bounds. */
const MAX_ITEMS = 20_000;

/**
 * Returns what a rule would remove, by default the project's own rule: exactly what `runRetention` would remove at this moment. A project
 * without a rule keeps everything. Counts at most 20,000 bundles and releases. Throws `invalid` per field.
 */
export const previewRetention = query({
  scope: REL_READ,
  at: atProject,
  input: PreviewRetentionInput,
  run: async ({ db, at: { access, project }, now }, { per_page: perPage, cursor, ...parts }): Promise<RetentionPreviewView> => {
    const window = offsetWindow({ per_page: perPage, cursor });
    const hasRule = Object.values(parts).some((part) => part !== undefined);
    const rule = hasRule ? parseRule(parts) : null;
    if (rule) await findRuleEnvironments(db, project.organizationId, rule.environments, await reachableProjects(db, access));
    const policies = createPolicyCache(db, project.organizationId, now, hasRule ? { projectId: project.id, rule } : undefined);
    const tally = createTally(window);
    const policy = await policies.policyOf(project.id);
    if (policy) {
      for await (const expired of findExpiredBundles(db, policy)) {
        tally.addBundles(expired);
        if (tally.isFull()) break;
      }
      for await (const expired of findExpiredFiles(db, project.id, policies.policyOf)) {
        if (tally.isFull()) break;
        const ids = expired.map(({ releaseId }) => releaseId);
        tally.addFiles(expired, await countFilesOf(db, ids), await findBlobsOf(db, ids));
      }
    }
    const sizes = await sizesOf(db, tally.references);
    const { items, ...links } = offsetPage(window, tally.shown);
    return {
      items: await describe(db, items, sizes.byId),
      ...links,
      totals: { ...tally.totals(), bytes: sizes.freed },
      isWhole: !tally.isFull(),
    };
  },
});

type PreviewItem =
  | { readonly kind: "bundle"; readonly expired: ExpiredBundle }
  | { readonly kind: "files"; readonly expired: ExpiredFiles; readonly files: number; readonly blobIds: readonly number[] };

/** Counts what expires, and collects the items of the page. */
function createTally({ offset, limit }: { readonly offset: number; readonly limit: number }) {
  const references = new Map<number, number>();
  const releases = new Set<number>();
  const shown: PreviewItem[] = [];
  let [seen, bundles, files] = [0, 0, 0];
  const addItem = (item: () => PreviewItem): void => {
    if (seen >= offset && seen < offset + limit) shown.push(item());
    seen += 1;
  };
  const addReferences = (blobId: number, count: number): void => void references.set(blobId, (references.get(blobId) ?? 0) + count);
  return {
    references,
    shown,
    isFull: () => seen >= MAX_ITEMS,
    totals: () => ({ bundles, releases: releases.size, files }),
    addBundles(all: readonly ExpiredBundle[]): void {
      for (const expired of all) {
        addItem(() => ({ kind: "bundle", expired }));
        bundles += 1;
        files += expired.bundle.fileCount;
        for (const id of expired.releaseIds) releases.add(id);
        if (expired.isLast) addReferences(expired.bundle.blobId, 1);
      }
    },
    addFiles(all: readonly ExpiredFiles[], counts: ReadonlyMap<number, number>, blobs: Awaited<ReturnType<typeof findBlobsOf>>): void {
      const byRelease = Map.groupBy(blobs, (row) => row.releaseId);
      for (const expired of all) {
        const ofRelease = byRelease.get(expired.releaseId) ?? [];
        const count = counts.get(expired.releaseId) ?? 0;
        addItem(() => ({ kind: "files", expired, files: count, blobIds: [...new Set(ofRelease.map(({ blobId }) => blobId))] }));
        files += count;
        releases.add(expired.releaseId);
        for (const row of ofRelease) addReferences(row.blobId, row.references);
      }
    },
  };
}

/** The most blobs that one statement looks up. */
const BLOBS_AT_ONCE = 1000;

/**
 * Returns the sizes of blobs by id, and the sum of those that only expired artifacts refer to (`references` has the number of their
 * references). `freedBytes` measures the same sum after a run.
 */
async function sizesOf(
  db: Reader,
  expiredReferences: ReadonlyMap<number, number>,
): Promise<{ readonly byId: ReadonlyMap<number, number>; readonly freed: number }> {
  const byId = new Map<number, number>();
  let freed = 0;
  const ids = [...expiredReferences.keys()];
  for (let start = 0; start < ids.length; start += BLOBS_AT_ONCE) {
    for (const { id, size, references } of await countReferences(db, ids.slice(start, start + BLOBS_AT_ONCE))) {
      byId.set(id, size);
      if (references === expiredReferences.get(id)) freed += size;
    }
  }
  return { byId, freed };
}

async function describe(db: Reader, shown: readonly PreviewItem[], sizes: ReadonlyMap<number, number>): Promise<RetentionItemView[]> {
  const rows = shown.flatMap((item) => (item.kind === "bundle" ? item.expired.bundle : []));
  const bundles = new Map((await describeBundles(db, rows)).map((view, index) => [rows[index]?.id, view]));
  return shown.map((item) => {
    const dateUploaded = instant(item.expired.dateUploaded);
    if (item.kind === "files") {
      const { version } = item.expired;
      const bytes = item.blobIds.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
      return { kind: "files", id: version, versions: [version], files: item.files, bytes, dateUploaded, isShared: false };
    }
    const { bundle, size, isLast } = item.expired;
    const versions = (bundles.get(bundle.id)?.associations ?? []).flatMap(({ release }) => release ?? []);
    return {
      kind: "bundle",
      id: bundle.bundleId,
      versions: [...new Set(versions)],
      files: bundle.fileCount,
      bytes: size,
      dateUploaded,
      isShared: !isLast,
    };
  });
}
