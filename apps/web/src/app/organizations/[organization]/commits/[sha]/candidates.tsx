import type { FoundChangeView } from "@landfall/schema/views/find";
import type { OrganizationUrls } from "../../../../../ui/addresses.ts";
import { ChangeList } from "../../../../../ui/find/change-list.tsx";
import { PageHeader } from "../../../../../ui/page-head.tsx";

type CommitCandidatesProps = { readonly to: OrganizationUrls; readonly why: string; readonly commits: readonly FoundChangeView[]; readonly now: Date };

/** The commits that an address may mean. */
export function CommitCandidates({ to, why, commits, now }: CommitCandidatesProps) {
  return (
    <>
      <PageHeader title="Which of these commits?" facts={why} />
      <ChangeList to={to} commits={commits} now={now} />
    </>
  );
}
