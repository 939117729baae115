import { formatCount } from "@landfall/domain/format";
import type { ReleaseCountView } from "@landfall/schema/releases/release-list";
import { firstReleaseCommands, type ReportTarget } from "#features/first-release/first-release.ts";
import type { OrganizationPage } from "#server/pages/page-context.ts";
import { CommandBlock } from "#ui/command-block.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { DEFAULT_FILTERS, filtersInput, filtersQuery, isFiltered, type ListFilters } from "./list-filters.ts";

/** Counts of releases that an empty list does not show. */
type HiddenCounts = {
  /** Archived releases that match the filters. */
  readonly archived: ReleaseCountView;
  /** All releases, without filters. */
  readonly all: ReleaseCountView;
  /** Releases of all projects the viewer can see, for a viewer whose own projects have none. */
  readonly otherProjects: ReleaseCountView;
};

type EmptyListProps = {
  readonly to: OrganizationUrls;
  readonly filters: ListFilters;
  readonly hiddenCounts: HiddenCounts;
  readonly reportTarget: ReportTarget;
};

/** Explains why the list is empty, and what to do. */
export function EmptyList({ to, filters, hiddenCounts: { archived, all, otherProjects }, reportTarget }: EmptyListProps) {
  if (all.count === 0) return <NoReleasesYet to={to} otherProjects={otherProjects} reportTarget={reportTarget} />;
  const isByBuild = filters.sort === "build";
  const hidden = describeCount(all, "release");
  return (
    <EmptyState
      title={isFiltered(filters) ? "No releases match" : filters.status === "archived" ? "No archived releases" : "No releases to show"}
    >
      <p>
        {isFiltered(filters)
          ? `The search and filters hide ${hidden}. `
          : filters.status === "archived"
            ? "To archive releases, select them and press e. They are kept, but lists do not show them. "
            : isByBuild
              ? "Sorting by build number lists only releases that have one, such as app@1.0.0+42. "
              : `${capitalize(hidden)} ${all.count === 1 && !all.isCapped ? "exists" : "exist"}, but none with the status “${filters.status}”. `}
        {filters.status === "open" &&
          archived.count > 0 &&
          `${capitalize(describeCount(archived, "archived release"))} ${archived.count === 1 && !archived.isCapped ? "matches" : "match"}.`}
      </p>
      <p className="row">
        {filters.status === "open" && archived.count > 0 && (
          <PageLink href={to.releases(filtersQuery({ ...filters, status: "all" }))}>Include archived releases</PageLink>
        )}
        {isFiltered(filters) && (
          <PageLink href={to.releases(filtersQuery({ ...DEFAULT_FILTERS, sort: filters.sort }))}>Clear filters</PageLink>
        )}
        {isByBuild && <PageLink href={to.releases(filtersQuery({ ...filters, sort: "date" }))}>Sort by newest first</PageLink>}
        {filters.status === "archived" && (
          <PageLink href={to.releases(filtersQuery({ ...filters, status: "open" }))}>Show open releases</PageLink>
        )}
      </p>
    </EmptyState>
  );
}

function NoReleasesYet({
  to,
  otherProjects,
  reportTarget,
}: Pick<EmptyListProps, "to" | "reportTarget"> & Pick<HiddenCounts, "otherProjects">) {
  if (otherProjects.count > 0)
    return (
      <EmptyState title="Your teams have no releases yet">
        <p>Other projects that you can see have {describeCount(otherProjects, "release")}.</p>
        <p>
          <PageLink href={to.releases({ project: "-1" })}>Show the releases of all projects</PageLink>
        </p>
      </EmptyState>
    );
  return (
    <EmptyState title="No releases yet">
      <p>
        Your pipeline reports releases. To try it, paste these lines into a shell in a git repository. Create the token on the{" "}
        <PageLink href={to.home}>home page</PageLink>. A release appears here as soon as it is reported.
      </p>
      <CommandBlock label="A first release with sentry-cli" lines={firstReleaseCommands("sentry-cli", reportTarget, null)} />
    </EmptyState>
  );
}

const describeCount = ({ count, isCapped }: ReleaseCountView, noun: string): string =>
  `${isCapped ? "more than " : ""}${formatCount(count, noun)}`;

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Reads the counts for an empty list. */
export async function readHiddenCounts(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  filters: ListFilters,
): Promise<HiddenCounts> {
  const [archived, all] = await Promise.all([
    call.releases.count({ organization, ...filtersInput(filters), status: "archived" }),
    call.releases.count({ organization, status: "" }),
  ]);
  const otherProjects = all.count > 0 ? all : await call.releases.count({ organization, project: ["-1"], status: "" });
  return { archived, all, otherProjects };
}
