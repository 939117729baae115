import type { FoundChangeView } from "@landfall/schema/views/find";
import type { Addresses } from "../../../../../ui/addresses.ts";
import { ChangeList } from "../../../../../ui/find/change-list.tsx";
import { PageHead } from "../../../../../ui/page-head.tsx";

type CandidatesProps = { readonly to: Addresses; readonly why: string; readonly commits: readonly FoundChangeView[]; readonly now: Date };

/** The commits that an address may mean. */
export function Candidates({ to, why, commits, now }: CandidatesProps) {
  return (
    <>
      <PageHead title="Which of these commits?" facts={why} />
      <ChangeList to={to} commits={commits} now={now} />
    </>
  );
}
