import { anyOf } from "@landfall/db/sql/conditions";
import type { Tx } from "@landfall/db/store";
import { isUniqueViolation } from "@landfall/db/store-error";
import type { RepositoryRow } from "@landfall/db/tables/schema";
import { repositoryWebUrl } from "@landfall/domain/commits/repository-links";
import { and, asc, eq } from "drizzle-orm";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { beforeAndAfter, changedFields, type MutationContext, recordAudit } from "../../records/audit.ts";

/**
 * Returns the URL to store for the URL of a web page or of a git remote: null for an empty one, undefined for undefined.
 *
 * @throws `invalid` at `url` with this message for anything else.
 */
export function readRepositoryUrl(url: string | null | undefined, message: string): string | null | undefined {
  if (url === undefined) return undefined;
  if (url === null || url === "") return null;
  const webUrl = repositoryWebUrl(url);
  if (webUrl === null) throw invalidField("url", message);
  return webUrl;
}

/** The fields of a repository to change; undefined keeps the stored value. */
export type RepositoryChanges = {
  readonly [Field in "name" | "url" | "status" | "links"]?: RepositoryRow[Field] | undefined;
} & {
  /** Whether commits that name the old name are added to the repository after its name changed. */
  readonly keepsOldName: boolean;
  /** All other names of the repository. */
  readonly aliases?: readonly string[] | undefined;
};

/**
 * Changes a repository and records one audit event with the values before and after. Returns the stored repository.
 *
 * @throws `conflict` if another active repository has the name or one of the other names.
 */
export async function changeRepository(
  on: MutationContext,
  repository: RepositoryRow,
  { name, url, status, links, keepsOldName, aliases }: RepositoryChanges,
): Promise<RepositoryRow> {
  const { tx } = on;
  const { organizationId } = repository;
  const isSame = links === undefined || JSON.stringify(links) === JSON.stringify(repository.links);
  const changes = changedFields(repository, { name, url, status, links: isSame ? undefined : links });
  const before = await findAliases(tx, repository);
  const isRenamed = changes.name !== undefined;
  const wanted = new Set([...(aliases ?? before), ...(isRenamed && keepsOldName ? [repository.name] : [])]);
  if (isRenamed && !keepsOldName) wanted.delete(repository.name);
  wanted.delete(name ?? repository.name);
  const added = [...wanted].filter((alias) => !before.includes(alias));
  const removed = before.filter((alias) => !wanted.has(alias));
  if (Object.keys(changes).length === 0 && added.length === 0 && removed.length === 0) return repository;

  const newNames = [...added.filter((alias) => alias !== repository.name), ...(changes.name === undefined ? [] : [changes.name])];
  await assertNamesAreFree(tx, repository, newNames);
  const changed = await update(tx, repository, changes);
  await replaceAliases(tx, repository, added, removed);
  const details = beforeAndAfter<RepositoryRow & { aliases?: readonly string[] }>(
    { ...repository, aliases: before },
    { ...changes, ...(added.length + removed.length > 0 && { aliases: [...wanted] }) },
  );
  await recordAudit(on, { organizationId, action: "repository.update", target: repository.name, details });
  return changed;
}

/** Returns the other names of a repository, in alphabetical order. */
async function findAliases(tx: Tx, { id }: RepositoryRow): Promise<string[]> {
  const { repositoryAliases } = tx.tables;
  const rows = await tx
    .select({ name: repositoryAliases.name })
    .from(repositoryAliases)
    .where(eq(repositoryAliases.repositoryId, id))
    .orderBy(asc(repositoryAliases.name));
  return rows.map(({ name }) => name);
}

async function assertNamesAreFree(tx: Tx, { id, organizationId }: RepositoryRow, names: readonly string[]): Promise<void> {
  const { repositories, repositoryAliases } = tx.tables;
  const [active] = await tx
    .select({ id: repositories.id, name: repositories.name })
    .from(repositories)
    .where(and(eq(repositories.organizationId, organizationId), eq(repositories.status, "active"), anyOf(repositories.name, names)));
  if (active && active.id !== id) throw nameTaken(active.name);
  const aliases = await tx
    .select({ alias: repositoryAliases.name, id: repositories.id, name: repositories.name })
    .from(repositoryAliases)
    .innerJoin(repositories, eq(repositories.id, repositoryAliases.repositoryId))
    .where(and(eq(repositoryAliases.organizationId, organizationId), anyOf(repositoryAliases.name, names)));
  const other = aliases.find((one) => one.id !== id);
  if (other) throw new AppError("conflict", `${other.alias} is another name of ${other.name}. Remove it from ${other.name} first.`);
}

const nameTaken = (name: string): AppError =>
  new AppError("conflict", `Another repository named ${name} is active. Merge the two, or hide or delete the other one first.`);

async function update(tx: Tx, repository: RepositoryRow, changes: Partial<RepositoryRow>): Promise<RepositoryRow> {
  if (Object.keys(changes).length === 0) return repository;
  const { repositories } = tx.tables;
  const ofRepository = and(eq(repositories.id, repository.id), eq(repositories.organizationId, repository.organizationId));
  try {
    const [changed] = await tx.update(repositories).set(changes).where(ofRepository).returning();
    if (!changed) throw new Error("the repository was not updated");
    return changed;
  } catch (error) {
    if (isUniqueViolation(error)) throw nameTaken(changes.name ?? repository.name);
    throw error;
  }
}

async function replaceAliases(
  tx: Tx,
  { id, organizationId }: RepositoryRow,
  added: readonly string[],
  removed: readonly string[],
): Promise<void> {
  const { repositoryAliases } = tx.tables;
  if (removed.length > 0) {
    await tx.delete(repositoryAliases).where(and(eq(repositoryAliases.repositoryId, id), anyOf(repositoryAliases.name, removed)));
  }
  for (const name of added) await addAlias(tx, { organizationId, name, repositoryId: id });
}

type Alias = { readonly organizationId: number; readonly name: string; readonly repositoryId: number };

/** Adds commits that name `name` to a repository from now on. Replaces the repository that they were added to before. */
export async function addAlias(tx: Tx, { organizationId, name, repositoryId }: Alias): Promise<void> {
  const { repositoryAliases } = tx.tables;
  await tx
    .insert(repositoryAliases)
    .values({ organizationId, name, repositoryId })
    .onConflictDoUpdate({ target: [repositoryAliases.organizationId, repositoryAliases.name], set: { repositoryId } });
}
