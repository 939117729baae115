import { setImmediate } from "node:timers/promises";
import type { Reader, Tx } from "@landfall/db/store";
import type { RepositoryRow } from "@landfall/db/tables/schema";
import type { RepositoryView } from "@landfall/schema/releases/commits";
import { MergeRepositoryInput, PreviewRepositoryMergeInput, type RepositoryMergeView } from "@landfall/schema/releases/repositories";
import { REPO_WRITE } from "@landfall/schema/scope";
import { and, count, eq } from "drizzle-orm";
import { reachableProjects } from "../../access/project-reach.ts";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { mutation, query } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeRepository } from "../../records/repositories.ts";
import { type AtRepository, atRepository } from "./at-repository.ts";
import { addAlias } from "./change-repository.ts";
import { moveCommits, moveHeads } from "./move-commits.ts";

/** The most commits that the preview reads. */
const MAX_PREVIEWED = 20_000;

/**
 * Returns what a merge of the repository into the repository `into` changes. Four queries besides those of access.
 *
 * @throws as `mergeRepository`
 */
export const previewRepositoryMerge = query({
  scope: REPO_WRITE,
  at: atRepository,
  input: PreviewRepositoryMergeInput,
  run: async ({ db, at }, { into: intoId }): Promise<RepositoryMergeView> => {
    const { from, into } = await findPair(db, at, intoId);
    const { commits, releaseHeads } = db.tables;
    const previewed = db
      .select({ sha: commits.sha })
      .from(commits)
      .where(eq(commits.repositoryId, from.id))
      .limit(MAX_PREVIEWED + 1)
      .as("previewed");
    const [all] = await db.select({ count: count() }).from(previewed);
    const [shared] = await db
      .select({ count: count() })
      .from(previewed)
      .innerJoin(commits, and(eq(commits.repositoryId, into.id), eq(commits.sha, previewed.sha)));
    const heads = db
      .select({ releaseId: releaseHeads.releaseId })
      .from(releaseHeads)
      .where(eq(releaseHeads.repositoryId, from.id))
      .as("heads");
    const [releases] = await db.select({ count: count() }).from(heads);
    const [both] = await db
      .select({ count: count() })
      .from(heads)
      .innerJoin(releaseHeads, and(eq(releaseHeads.releaseId, heads.releaseId), eq(releaseHeads.repositoryId, into.id)));
    const found = all?.count ?? 0;
    return {
      from: from.name,
      into: into.name,
      commits: { count: Math.min(found, MAX_PREVIEWED), isCapped: found > MAX_PREVIEWED },
      sharedCommits: Math.min(shared?.count ?? 0, MAX_PREVIEWED),
      releases: releases?.count ?? 0,
      sharedReleases: both?.count ?? 0,
    };
  },
});

type Pair = { readonly from: RepositoryRow; readonly into: RepositoryRow };

/** Finds the repository that another is merged into. */
async function findPair(db: Reader, { access, repository: from }: AtRepository, intoId: string): Promise<Pair> {
  const reach = await reachableProjects(db, access);
  if (!reach.all) {
    throw new AppError(
      "forbidden",
      "Merging repositories changes releases of every project, and you can access only some. Ask a manager to merge them.",
    );
  }
  if (from.status !== "active") throw new AppError("conflict", `The repository ${from.name} is not active. Show it before you merge it.`);
  const { repositories } = db.tables;
  const ofOrganization = eq(repositories.organizationId, from.organizationId);
  const [into] = await db
    .select()
    .from(repositories)
    .where(and(ofOrganization, eq(repositories.id, readId(intoId)), eq(repositories.status, "active")));
  if (!into) throw invalidField("into", "The organization has no active repository with this id.");
  if (into.id === from.id) throw invalidField("into", "A repository cannot be merged into itself.");
  return { from, into };
}

/** Commits and head commits that one transaction moves, about 50 ms of work. */
const BATCH = 500;

/**
 * Merges a repository into the repository `into`: moves its commits, head commits, and other names, and marks it for deletion. Commits of
 * both with the same hash become one, which keeps the message, author, and files of the commit in `into`, and takes those of the other where
 * it has none. A release with head commits in both keeps the one in `into`.
 *
 * Most rows are moved in transactions of their own. If the merge is interrupted, both repositories remain, and merging them again moves the
 * rest.
 *
 * @throws `forbidden` if a project is out of reach, `conflict` if the repository is not active, and `invalid` at `into` for an unknown
 * repository, an inactive one, or the same one.
 */
export const mergeRepository = mutation({
  scope: REPO_WRITE,
  at: atRepository,
  input: MergeRepositoryInput,
  writeFirst: {
    isNeeded: () => true,
    write: async ({ db, at, context: { store } }, input) => {
      const { from, into } = await findPair(db, at, input.into);
      let moved = BATCH;
      while (moved === BATCH) {
        moved = await store.transaction((tx) => moveBatch(tx, { from, into }));
        await setImmediate();
      }
      return input;
    },
  },
  run: async (on, { into: intoId, keepsOldName }): Promise<RepositoryView> => {
    const { tx, at } = on;
    const { from, into } = await findPair(tx, at, intoId);
    while ((await moveBatch(tx, { from, into })) > 0);
    const { repositories, repositoryAliases } = tx.tables;
    await tx.update(repositoryAliases).set({ repositoryId: into.id }).where(eq(repositoryAliases.repositoryId, from.id));
    if (keepsOldName) await addAlias(tx, { organizationId: from.organizationId, name: from.name, repositoryId: into.id });
    await tx.update(repositories).set({ status: "pending_deletion" }).where(eq(repositories.id, from.id));
    const details = { into: into.name, keepsOldName };
    await recordAudit(on, { organizationId: from.organizationId, action: "repository.merge", target: from.name, details });
    return describeRepository(into);
  },
});

/** Moves head commits, then commits. Returns how many were moved; 0 if none is left. */
async function moveBatch(tx: Tx, { from, into }: Pair): Promise<number> {
  const move = { from: from.id, into: into.id, limit: BATCH };
  // Head commits decide which repositories a caller reaches, so commits are moved after them.
  return (await moveHeads(tx, move)) || moveCommits(tx, move);
}
