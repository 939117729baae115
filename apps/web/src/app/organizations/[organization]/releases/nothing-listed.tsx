import type { ReleaseCountView } from "@landfall/schema/views/release-line";
import { settingsLines } from "../../../../serving/settings-lines.ts";
import type { Addresses } from "../../../../ui/addresses.ts";
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
};

type NothingListedProps = {
  readonly to: Addresses;
  readonly address: ListAddress;
  readonly besides: Besides;
  /** What clients are told of this server; the token is the viewer's to fill in. */
  readonly server: { readonly url: string; readonly organization: string; readonly project: string | null };
};

/** Why the list is empty, and what to do. */
export function NothingListed({ to, address, besides: { archived, all }, server }: NothingListedProps) {
  if (all.count === 0) return <NothingReported to={to} server={server} />;
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

function NothingReported({ to, server: { url, organization, project } }: Pick<NothingListedProps, "to" | "server">) {
  const lines = [
    ...settingsLines({ url, organization, token: "<your token>", project: project ?? "<a project>" }),
    "VERSION=$(sentry-cli releases propose-version)",
    'sentry-cli releases new "$VERSION"',
    'sentry-cli releases set-commits "$VERSION" --auto',
    'sentry-cli releases finalize "$VERSION"',
    'sentry-cli deploys new --release "$VERSION" -e production',
  ];
  return (
    <NothingHere title="Nothing was reported yet">
      <p>
        Releases come from your pipeline, in the projects of your teams. Paste these lines where a build knows its commit; tokens are made
        in the <PageLink href={to.settings("tokens")}>settings</PageLink>. This page shows the release the moment it arrives.
      </p>
      <ShellLines label="Lines that report a release" lines={lines} />
    </NothingHere>
  );
}

const told = ({ count, isCapped }: ReleaseCountView, noun: string): string =>
  isCapped ? `more than ${count.toLocaleString("en")} ${noun}s` : count === 1 ? `one ${noun}` : `${count.toLocaleString("en")} ${noun}s`;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
