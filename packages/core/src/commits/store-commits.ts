import { anyOf } from "@landfall/db/any-of";
import { jsonRows } from "@landfall/db/json-rows";
import { prepared } from "@landfall/db/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import { and, eq, sql } from "drizzle-orm";

/** A commit as it is to be stored; undefined leaves what is stored already. */
export type CommitDraft = {
  readonly repositoryId: number;
  readonly sha: string;
  readonly message: string | undefined;
  readonly authorId: number | undefined;
  readonly dateCreated: Date | undefined;
  readonly fixes: string[] | undefined;
};

/** What a list of commits needs to know of a stored one. */
export type StoredCommit = { readonly id: number; readonly repositoryId: number; readonly sha: string; readonly authorId: number | null };

/** Names a commit inside one call: a sha is unique only within its repository. */
export const commitKey = ({ repositoryId, sha }: { repositoryId: number; sha: string }): string => `${repositoryId}:${sha}`;

/**
 * Stores commits, each once: unknown ones are added, known ones get what was sent with them and differs (contract 14.3). Answers
 * every commit by `commitKey`.
 */
export async function storeCommits(tx: Tx, organizationId: number, drafts: readonly CommitDraft[], now: Date): Promise<Map<string, StoredCommit>> {
  const wanted = new Map(drafts.map((draft) => [commitKey(draft), draft]));
  const stored = new Map<string, StoredCommit>();
  const changed = new Map(wanted);
  const byRepository = Map.groupBy(wanted.values(), (draft) => draft.repositoryId);
  const rows: NewCommit[] = [];
  for (const [repositoryId, group] of byRepository) {
    for (const row of await selectCommits(tx, { repositoryId, shas: JSON.stringify(group.map(({ sha }) => sha)) })) {
      const key = commitKey(row);
      stored.set(key, row);
      const draft = wanted.get(key);
      changed.delete(key);
      if (draft && differs(draft, row)) {
        const { message = row.message, authorId = row.authorId, dateCreated = row.dateCreated, fixes = row.fixes } = draft;
        rows.push({ organizationId, repositoryId, sha: row.sha, message, authorId, dateCreated, fixes });
      }
    }
  }
  for (const { repositoryId, sha, message = null, authorId = null, dateCreated = now, fixes = null } of changed.values()) {
    rows.push({ organizationId, repositoryId, sha, message, authorId, dateCreated, fixes });
  }
  if (rows.length > 0) {
    for (const row of await upsertCommits(tx, { rows: commitRows(tx).encode(rows) })) stored.set(commitKey(row), row);
  }
  return stored;
}

function differs(draft: CommitDraft, row: { message: string | null; authorId: number | null; dateCreated: Date }): boolean {
  const { message, authorId, dateCreated } = draft;
  return (
    (message !== undefined && message !== row.message) ||
    (authorId !== undefined && authorId !== row.authorId) ||
    (dateCreated !== undefined && dateCreated.getTime() !== row.dateCreated.getTime())
  );
}

const selectCommits = prepared((db: Reader) => {
  const { commits } = db.tables;
  return db
    .select()
    .from(commits)
    .where(and(eq(commits.repositoryId, sql.placeholder("repositoryId")), anyOf(commits.sha, "shas")))
    .prepare();
});

type NewCommit = Parameters<ReturnType<typeof commitRows>["encode"]>[0][number];

const commitRows = (tx: Tx) =>
  jsonRows(tx, tx.tables.commits, ["organizationId", "repositoryId", "sha", "message", "authorId", "fixes", "dateCreated"]);

const upsertCommits = prepared((tx: Tx) => {
  const { commits } = tx.tables;
  return tx
    .insert(commits)
    .select(commitRows(tx).select)
    .onConflictDoUpdate({
      target: [commits.repositoryId, commits.sha],
      set: {
        message: sql`excluded.message`,
        authorId: sql`excluded.author_id`,
        dateCreated: sql`excluded.date_created`,
        fixes: sql`excluded.fixes`,
      },
    })
    .returning({ id: commits.id, repositoryId: commits.repositoryId, sha: commits.sha, authorId: commits.authorId })
    .prepare();
});
