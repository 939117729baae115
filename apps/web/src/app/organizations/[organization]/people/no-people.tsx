import type { Addresses } from "../../../../ui/addresses.ts";
import { CommandLine } from "../../../../ui/command-line.tsx";
import { NothingHere } from "../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";

type NoPeopleProps = { readonly to: Addresses; readonly text: string; readonly kind: "people" | "bots" };

/** Why nobody is listed. */
export function NoPeople({ to, text, kind }: NoPeopleProps) {
  const isBots = kind === "bots";
  if (text !== "") {
    return (
      <NothingHere title={`No ${isBots ? "bot" : "person"} has “${text}” in a name or an address`}>
        <p>
          <PageLink href={to.people({ kind: isBots ? kind : null })}>Show all</PageLink>, or look among{" "}
          <PageLink href={to.people({ q: text, kind: isBots ? null : "bots" })}>{isBots ? "people" : "bots"}</PageLink>.
        </p>
      </NothingHere>
    );
  }
  if (isBots) return <NothingHere title="No program wrote a commit of a release, as far as names and addresses tell" />;
  return (
    <NothingHere title="Nobody is known to have written a commit">
      <p>People come with the commits of releases. Report those of a release in its git folder:</p>
      <CommandLine command="sentry-cli releases set-commits <version> --auto" />
    </NothingHere>
  );
}
