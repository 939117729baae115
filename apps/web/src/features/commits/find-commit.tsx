import type { CommitDetailView } from "@landfall/schema/releases/commits";
import type { FoundChangeView } from "@landfall/schema/releases/search";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ChangeList } from "#features/search/change-list.tsx";
import { failureOf } from "#server/pages/failure.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { failureText } from "#ui/forms/outcome.ts";
import { PageHeader } from "#ui/headings.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";

/** The requested commit, or the commits that an abbreviated hash may mean. */
export type CommitLookup =
  | { readonly kind: "one"; readonly commit: CommitDetailView }
  | { readonly kind: "several"; readonly message: string; readonly candidates: readonly FoundChangeView[] };

const CANDIDATE_LIMIT = 50;

/**
 * Returns the commit of a hash or of its first digits, at least seven. Read once per request.
 * @throws Next's not-found if there is none
 */
export const findCommit = cache(async (slug: string, sha: string, repository: string | null): Promise<CommitLookup> => {
  const { call, organization } = await organizationPage(slug);
  try {
    return { kind: "one", commit: await call.commits.get({ organization, sha, repository: repository ?? undefined }) };
  } catch (error) {
    const failure = failureOf(error);
    const { code } = failure;
    if (code === "not_found" || code === "forbidden") notFound();
    if (code !== "invalid") throw error;
    const candidates = await findCandidates(call, organization, sha);
    if (candidates.length < 2) notFound();
    return { kind: "several", message: failureText(failure), candidates };
  }
});

type Call = Awaited<ReturnType<typeof organizationPage>>["call"];

/** Commits whose hash starts with `sha`; none if it is not an abbreviated hash. */
async function findCandidates(call: Call, organization: string, sha: string): Promise<FoundChangeView[]> {
  if (!/^[0-9a-f]{4,64}$/i.test(sha)) return [];
  const { commits } = await call.find.changes({ organization, query: sha, limit: CANDIDATE_LIMIT });
  return commits.filter(({ matched }) => matched.includes("sha"));
}

type CommitCandidatesProps = {
  readonly to: OrganizationUrls;
  readonly message: string;
  readonly commits: readonly FoundChangeView[];
  readonly now: Date;
};

/** The commits that the hash in the URL may mean. */
export function CommitCandidates({ to, message, commits, now }: CommitCandidatesProps) {
  return (
    <>
      <PageHeader title="Several commits match" facts={message} />
      <ChangeList to={to} commits={commits} now={now} />
    </>
  );
}
