import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { CommandLine } from "../../../../ui/command-line.tsx";
import { EmptyState } from "../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";

type NoContributorsProps = { readonly to: OrganizationUrls; readonly text: string; readonly kind: "people" | "bots" };

/** Why nobody is listed. */
export function NoContributors({ to, text, kind }: NoContributorsProps) {
  const isBots = kind === "bots";
  if (text !== "") {
    return (
      <EmptyState title={`No ${isBots ? "bot" : "person"} has “${text}” in a name or an address`}>
        <p>
          <PageLink href={to.people({ kind: isBots ? kind : null })}>Show all</PageLink>, or look among{" "}
          <PageLink href={to.people({ q: text, kind: isBots ? null : "bots" })}>{isBots ? "people" : "bots"}</PageLink>.
        </p>
      </EmptyState>
    );
  }
  if (isBots) return <EmptyState title="No program wrote a commit of a release, as far as names and addresses tell" />;
  return (
    <EmptyState title="Nobody is known to have written a commit">
      <p>People come with the commits of releases. Report those of a release in its git folder:</p>
      <CommandLine command="sentry-cli releases set-commits <version> --auto" />
    </EmptyState>
  );
}
