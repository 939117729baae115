import { SHOP_TRACE } from "@landfall/core/sample-data/shop-build";
import type { BundleLineView } from "@landfall/schema/artifacts/artifact-bundles";
import type { Metadata } from "next";
import { readArtifactsQuery, readBundle } from "#features/artifacts/artifacts-page.ts";
import { BundleFiles } from "#features/artifacts/bundle-files.tsx";
import { BundleTable } from "#features/artifacts/bundle-table.tsx";
import { DownloadNote, downloadUrls } from "#features/artifacts/downloads.tsx";
import { NoProjectArtifacts } from "#features/artifacts/empty-artifacts.tsx";
import { ReleasesWithFiles } from "#features/artifacts/releases-with-files.tsx";
import { readProject } from "#features/projects/read-project.ts";
import { StackTrigger } from "#features/stack-trace/stack-trigger.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { SearchForm } from "#ui/forms/search-form.tsx";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { Pager } from "#ui/table/pager.tsx";

type ArtifactsProps = {
  readonly params: Promise<{ readonly organization: string; readonly project: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: ArtifactsProps): Promise<Metadata> {
  const { organization, project } = await params;
  return { title: `Artifacts of ${(await readProject(organization, project)).name}` };
}

/** The artifacts of a project, last uploaded first, with a panel to resolve stack traces. */
export default async function Artifacts({ params, searchParams }: ArtifactsProps) {
  const path = await params;
  const query = await searchParams;
  const { call, organization, isSample, can, to } = await organizationPage(path.organization);
  const { slug: project, name } = await readProject(path.organization, path.project);
  const filters = readArtifactsQuery(query);
  const locator = { organization, project };
  const filter = { ...locator, query: filters.query === "" ? undefined : filters.query };
  const [bundles, releases] = await Promise.all([
    pageAt(filters.bundles, (at) => call.artifacts.browse({ ...filter, ...at, per_page: 20 })),
    pageAt(filters.own, (at) => call.files.sourceMaps({ ...filter, ...at })),
  ]);
  const listed = bundles.items.find(({ bundleId }) => bundleId === filters.bundle);
  // A bundle that matched by something other than its files shows all its files.
  const fileQuery = listed?.matches === 0 ? "" : filters.query;
  const { bundle, onlyMissing, cursor } = filters;
  const read = bundle === null ? null : await readBundle(call, { ...locator, bundle, query: fileQuery, onlyMissing, cursor });
  const mayResolve = can("project:read");
  const downloads = can("project:write") ? downloadUrls(organization) : null;
  const isEmpty = filters.query === "" && filters.bundles === null && bundles.items.length === 0 && releases.items.length === 0;
  const urlWith = (more: Record<string, string | null>) => to.artifacts(project, { q: filters.query, ...more });
  return (
    <>
      <RefreshOn kinds="bundle file archive" />
      <PageHeader
        title={`Artifacts of ${name}`}
        facts={
          <>
            <PageLink href={to.project(project)}>{project}</PageLink> · source maps and files to resolve stack traces
          </>
        }
        actions={
          mayResolve && (
            <StackTrigger
              organization={organization}
              projects={[project]}
              release={textParam(query, "release") ?? firstRelease(bundles.items)}
              dist={filters.dist ?? ""}
              dists={distsOf(bundles.items)}
              isOpen={filters.isStackOpen}
              example={isSample ? SHOP_TRACE : undefined}
            />
          )
        }
      />
      {!downloads && !isEmpty && <DownloadNote />}
      {!isEmpty && (
        <SearchForm
          action={to.artifacts(project)}
          text={filters.query}
          label="Search by release, dist, bundle id, debug id, or file name"
          placeholder="Release, dist, bundle, debug id, or part of a file name…"
        />
      )}
      <BundleTable
        bundles={bundles.items}
        organization={organization}
        to={to}
        downloads={downloads}
        mayDelete={can("project:admin", "project:releases")}
        projectOf={() => project}
        shown={read?.bundle.id ?? null}
        hrefOf={(one) => urlWith({ bundle: one.bundleId, bundles: filters.bundles })}
        empty={isEmpty ? <NoProjectArtifacts project={project} /> : <EmptyState title={noBundlesTitle(filters.query)} />}
      />
      <Pager page={bundles} hrefOf={(next) => urlWith({ bundles: next })} />
      {read && (
        <BundleFiles
          read={read}
          organization={organization}
          downloads={downloads}
          filter={{ query: fileQuery, onlyMissing }}
          hrefOf={(other) =>
            urlWith({
              q: other.query ?? filters.query,
              missing: (other.onlyMissing ?? onlyMissing) ? "1" : null,
              bundle: read.bundle.bundleId,
              bundles: filters.bundles,
              cursor: other.cursor ?? null,
            })
          }
        />
      )}
      <ReleasesWithFiles to={to} page={releases} hrefOf={(next) => urlWith({ own: next })} />
    </>
  );
}

/** The initial release of the stack trace panel: that of the last upload. */
const firstRelease = (bundles: readonly BundleLineView[]): string =>
  bundles.flatMap(({ associations }) => associations[0]?.release ?? []).at(0) ?? "";

const distsOf = (bundles: readonly BundleLineView[]): string[] => [
  ...new Set(bundles.flatMap(({ associations }) => associations.flatMap(({ dist }) => dist ?? []))),
];

const noBundlesTitle = (query: string): string =>
  query === "" ? "No bundles" : `No bundles match “${query}” (files of the last 200 bundles searched)`;
