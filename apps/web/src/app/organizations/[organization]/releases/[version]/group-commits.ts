import type { CommitView } from "@landfall/schema/views/commit";

export type CommitDay = { readonly day: string; readonly commits: readonly CommitView[] };
export type CommitsOfRepository = { readonly repository: CommitView["repository"]; readonly days: readonly CommitDay[] };

/** Commits by repository and then by day (in UTC, "2026-01-31"), each in the order they first come. */
export function groupCommits(commits: readonly CommitView[]): CommitsOfRepository[] {
  return [...Map.groupBy(commits, ({ repository }) => repository.id).values()].flatMap((mine) => {
    const [first] = mine;
    if (!first) return [];
    const days = [...Map.groupBy(mine, ({ dateCreated }) => dateCreated.slice(0, 10))].map(([day, commits]) => ({ day, commits }));
    return [{ repository: first.repository, days }];
  });
}
