import type { ReleaseCountView } from "@landfall/schema/releases/release-list";
import { firstReleaseCommands, type ReportTarget } from "#features/first-release/first-release.ts";
import type { OrganizationPage } from "#server/pages/page-context.ts";
import { CommandBlock } from "#ui/command-block.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { DEFAULT_FILTERS, filtersInput, filtersQuery, isFiltered, type ListFilters } from "./list-filters.ts";

/** What there is besides the list that came out empty. */
type HiddenCounts = {
  /** Of the same filters, but archived; for a list of open ones. */
  readonly archived: ReleaseCountView;
  /** Of any state, without filters. */
  readonly all: ReleaseCountView;
  /** Of all projects within reach, where the viewer's own have none. */
  readonly beyond: ReleaseCountView;
};

type EmptyListProps = {
  readonly to: OrganizationUrls;
  readonly address: ListFilters;
  readonly besides: HiddenCounts;
  /** Where clients report to. */
  readonly place: ReportTarget;
};

/** Why the list is empty, and what to do. */
export function EmptyList({ to, address, besides: { archived, all, beyond }, place }: EmptyListProps) {
  if (all.count === 0) return <NoReleasesYet to={to} beyond={beyond} place={place} />;
  const isByBuild = address.sort === "build";
  const hidden = formatCount(all, "release");
  return (
    <EmptyState
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
        {address.status === "open" && archived.count > 0 && `${capitalized(formatCount(archived, "archived release"))} would fit.`}
      </p>
      <p className="row">
        {address.status === "open" && archived.count > 0 && (
          <PageLink href={to.releases(filtersQuery({ ...address, status: "all" }))}>Show archived ones too</PageLink>
        )}
        {isFiltered(address) && (
          <PageLink href={to.releases(filtersQuery({ ...DEFAULT_FILTERS, sort: address.sort }))}>Clear the filters</PageLink>
        )}
        {isByBuild && <PageLink href={to.releases(filtersQuery({ ...address, sort: "date" }))}>Show the newest first</PageLink>}
        {address.status === "archived" && (
          <PageLink href={to.releases(filtersQuery({ ...address, status: "open" }))}>Show open ones</PageLink>
        )}
      </p>
    </EmptyState>
  );
}

function NoReleasesYet({ to, beyond, place }: Pick<EmptyListProps, "to" | "place"> & Pick<HiddenCounts, "beyond">) {
  if (beyond.count > 0)
    return (
      <EmptyState title="Your teams have no releases yet">
        <p>
          There {beyond.count === 1 ? "is" : "are"} {formatCount(beyond, "release")} in other projects you may see.
        </p>
        <p>
          <PageLink href={to.releases({ project: "-1" })}>Show the releases of all projects</PageLink>
        </p>
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing was reported yet">
      <p>
        Releases come from your pipeline. Paste these lines into a shell, inside a git repository; a token to fill in is made on the{" "}
        <PageLink href={to.home}>home page</PageLink>. A release appears here the moment it is reported.
      </p>
      <CommandBlock label="A first release with sentry-cli" lines={firstReleaseCommands("sentry-cli", place, null)} />
    </EmptyState>
  );
}

const formatCount = ({ count, isCapped }: ReleaseCountView, noun: string): string =>
  isCapped ? `more than ${count.toLocaleString("en")} ${noun}s` : count === 1 ? `one ${noun}` : `${count.toLocaleString("en")} ${noun}s`;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What an empty list leaves out. */
export async function readHiddenCounts(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  address: ListFilters,
): Promise<HiddenCounts> {
  const [archived, all] = await Promise.all([
    call.releases.count({ organization, ...filtersInput(address), status: "archived" }),
    call.releases.count({ organization, status: "" }),
  ]);
  const beyond = all.count > 0 ? all : await call.releases.count({ organization, project: ["-1"], status: "" });
  return { archived, all, beyond };
}
