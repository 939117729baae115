import type { ReleaseCountView } from "@landfall/schema/views/release-line";
import type { Addresses } from "../../../../ui/addresses.ts";
import { firstReleaseLines, type Place } from "../../../../ui/first-release/first-release-lines.ts";
import { NothingHere } from "../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { ShellLines } from "../../../../ui/shell-lines.tsx";
import { addressQuery, isFiltered, type ListAddress, WHOLE_LIST } from "./list-address.ts";

/** What there is besides the list that came out empty. */
export type Besides = {
  /** Of the same filters, but archived; for a list of open ones. */
  readonly archived: ReleaseCountView;
  /** Of any state, without filters. */
  readonly all: ReleaseCountView;
  /** Of all projects within reach, where the viewer's own have none. */
  readonly beyond: ReleaseCountView;
};

type NothingListedProps = {
  readonly to: Addresses;
  readonly address: ListAddress;
  readonly besides: Besides;
  /** Where clients report to. */
  readonly place: Place;
};

/** Why the list is empty, and what to do. */
export function NothingListed({ to, address, besides: { archived, all, beyond }, place }: NothingListedProps) {
  if (all.count === 0) return <NothingReported to={to} beyond={beyond} place={place} />;
  const isByBuild = address.sort === "build";
  const hidden = told(all, "release");
  return (
    <NothingHere
      title={isFiltered(address) ? "No release is like that" : address.status === "archived" ? "Nothing is archived" : "Nothing to show"}
    >
      <p>
        {isFiltered(address)
          ? `The search and the filters hide ${hidden}. `
          : address.status === "archived"
            ? "Select releases nobody needs to see any more and press e: they are kept, and left out of lists. "
            : isByBuild
              ? "In the order of build numbers only releases with one are listed, such as app@1.0.0+42. "
              : `There ${all.count === 1 && !all.isCapped ? "is" : "are"} ${hidden}, but none is ${address.status}. `}
        {address.status === "open" && archived.count > 0 && `${capitalized(told(archived, "archived release"))} would fit.`}
      </p>
      <p className="row">
        {address.status === "open" && archived.count > 0 && (
          <PageLink href={to.releases(addressQuery({ ...address, status: "all" }))}>Show archived ones too</PageLink>
        )}
        {isFiltered(address) && (
          <PageLink href={to.releases(addressQuery({ ...WHOLE_LIST, sort: address.sort }))}>Clear the filters</PageLink>
        )}
        {isByBuild && <PageLink href={to.releases(addressQuery({ ...address, sort: "date" }))}>Show the newest first</PageLink>}
        {address.status === "archived" && (
          <PageLink href={to.releases(addressQuery({ ...address, status: "open" }))}>Show open ones</PageLink>
        )}
      </p>
    </NothingHere>
  );
}

function NothingReported({ to, beyond, place }: Pick<NothingListedProps, "to" | "place"> & Pick<Besides, "beyond">) {
  if (beyond.count > 0)
    return (
      <NothingHere title="Your teams have no releases yet">
        <p>
          There {beyond.count === 1 ? "is" : "are"} {told(beyond, "release")} in other projects you may see.
        </p>
        <p>
          <PageLink href={to.releases({ project: "-1" })}>Show the releases of all projects</PageLink>
        </p>
      </NothingHere>
    );
  return (
    <NothingHere title="Nothing was reported yet">
      <p>
        Releases come from your pipeline. Paste these lines into a shell, inside a git repository; a token to fill in is made on the{" "}
        <PageLink href={to.home}>home page</PageLink>. A release appears here the moment it is reported.
      </p>
      <ShellLines label="A first release with sentry-cli" lines={firstReleaseLines("sentry-cli", place, null)} />
    </NothingHere>
  );
}

const told = ({ count, isCapped }: ReleaseCountView, noun: string): string =>
  isCapped ? `more than ${count.toLocaleString("en")} ${noun}s` : count === 1 ? `one ${noun}` : `${count.toLocaleString("en")} ${noun}s`;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
