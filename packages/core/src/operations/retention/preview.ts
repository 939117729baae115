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

/** So much that goes is looked at; a preview of more tells the least there is. */
const MAX_ITEMS = 20_000;

/**
 * What would go by a rule, or by the project's own when none is given, and how much it is: exactly what `runRetention` removes at that
 * moment. Nothing goes of a project without a rule. Looks at no more than 20,000 bundles and releases that go. Throws `invalid` per field.
 */
export const previewRetention = query({
  scope: REL_READ,
  at: atProject,
  input: PreviewRetentionInput,
  run: async ({ db, at: { access, project }, now }, { per_page: perPage, cursor, ...given }): Promise<RetentionPreviewView> => {
    const window = offsetWindow({ per_page: perPage, cursor });
    const isGiven = Object.values(given).some((part) => part !== undefined);
    const rule = isGiven ? parseRule(given) : null;
    if (rule) await findRuleEnvironments(db, project.organizationId, rule.environments, await reachableProjects(db, access));
    const judges = createPolicyCache(db, project.organizationId, now, isGiven ? { projectId: project.id, rule } : undefined);
    const tally = createTally(window);
    const judge = await judges.judgeOf(project.id);
    if (judge) {
      for await (const going of findExpiredBundles(db, judge)) {
        tally.addBundles(going);
        if (tally.isFull()) break;
      }
      for await (const going of findExpiredFiles(db, project.id, judges.judgeOf)) {
        if (tally.isFull()) break;
        const ids = going.map(({ releaseId }) => releaseId);
        tally.addFiles(going, await countFilesOf(db, ids), await findBlobsOf(db, ids));
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
  | { readonly kind: "bundle"; readonly going: ExpiredBundle }
  | { readonly kind: "files"; readonly going: ExpiredFiles; readonly files: number; readonly blobIds: readonly number[] };

/** Counts what goes, and keeps what is on the page. */
function createTally({ offset, limit }: { readonly offset: number; readonly limit: number }) {
  const references = new Map<number, number>();
  const releases = new Set<number>();
  const shown: PreviewItem[] = [];
  let [seen, bundles, files] = [0, 0, 0];
  const show = (one: () => PreviewItem): void => {
    if (seen >= offset && seen < offset + limit) shown.push(one());
    seen += 1;
  };
  const refer = (blobId: number, count: number): void => void references.set(blobId, (references.get(blobId) ?? 0) + count);
  return {
    references,
    shown,
    isFull: () => seen >= MAX_ITEMS,
    totals: () => ({ bundles, releases: releases.size, files }),
    addBundles(all: readonly ExpiredBundle[]): void {
      for (const going of all) {
        show(() => ({ kind: "bundle", going }));
        bundles += 1;
        files += going.bundle.fileCount;
        for (const id of going.releaseIds) releases.add(id);
        if (going.isLast) refer(going.bundle.blobId, 1);
      }
    },
    addFiles(all: readonly ExpiredFiles[], counts: ReadonlyMap<number, number>, blobs: Awaited<ReturnType<typeof findBlobsOf>>): void {
      const byRelease = Map.groupBy(blobs, (row) => row.releaseId);
      for (const going of all) {
        const mine = byRelease.get(going.releaseId) ?? [];
        const count = counts.get(going.releaseId) ?? 0;
        show(() => ({ kind: "files", going, files: count, blobIds: [...new Set(mine.map(({ blobId }) => blobId))] }));
        files += count;
        releases.add(going.releaseId);
        for (const row of mine) refer(row.blobId, row.references);
      }
    },
  };
}

/** Blobs looked up in one statement. */
const BLOBS_AT_ONCE = 1000;

/** The sizes of blobs, and of those together that nothing else refers to. */
async function sizesOf(
  db: Reader,
  going: ReadonlyMap<number, number>,
): Promise<{ readonly byId: ReadonlyMap<number, number>; readonly freed: number }> {
  const byId = new Map<number, number>();
  let freed = 0;
  const ids = [...going.keys()];
  for (let start = 0; start < ids.length; start += BLOBS_AT_ONCE) {
    for (const { id, size, references } of await countReferences(db, ids.slice(start, start + BLOBS_AT_ONCE))) {
      byId.set(id, size);
      if (references === going.get(id)) freed += size;
    }
  }
  return { byId, freed };
}

async function describe(db: Reader, shown: readonly PreviewItem[], sizes: ReadonlyMap<number, number>): Promise<RetentionItemView[]> {
  const rows = shown.flatMap((one) => (one.kind === "bundle" ? one.going.bundle : []));
  const bundles = new Map((await describeBundles(db, rows)).map((view, index) => [rows[index]?.id, view]));
  return shown.map((one) => {
    const dateUploaded = instant(one.going.dateUploaded);
    if (one.kind === "files") {
      const { version } = one.going;
      const bytes = one.blobIds.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
      return { kind: "files", id: version, versions: [version], files: one.files, bytes, dateUploaded, isOnlyTaken: false };
    }
    const { bundle, size, isLast } = one.going;
    const versions = (bundles.get(bundle.id)?.associations ?? []).flatMap(({ release }) => release ?? []);
    return {
      kind: "bundle",
      id: bundle.bundleId,
      versions: [...new Set(versions)],
      files: bundle.fileCount,
      bytes: size,
      dateUploaded,
      isOnlyTaken: !isLast,
    };
  });
}
