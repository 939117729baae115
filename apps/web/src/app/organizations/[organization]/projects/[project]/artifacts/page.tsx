import { SHOP_TRACE } from "@landfall/core/sample-data/shop-build";
import type { BundleLineView } from "@landfall/schema/artifacts/artifact-bundles";
import type { Metadata } from "next";
import { cache } from "react";
import { readArtifactsQuery, readBundle } from "#features/artifacts/artifacts-page.ts";
import { BundleFiles } from "#features/artifacts/bundle-files.tsx";
import { BundleTable } from "#features/artifacts/bundle-table.tsx";
import { DownloadNote, downloadUrls } from "#features/artifacts/downloads.tsx";
import { NoProjectArtifacts } from "#features/artifacts/empty-artifacts.tsx";
import { ReleasesWithFiles } from "#features/artifacts/releases-with-files.tsx";
import { StackTrigger } from "#features/stack-trace/stack-trigger.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage, orNotFound } from "#server/pages/page-context.ts";
import { decodePathSegment, type SearchParams, textParam } from "#server/pages/search-params.ts";
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

const readProject = cache(async (slug: string, project: string) => {
  const { call, organization } = await organizationPage(slug);
  return orNotFound(call.projects.get({ organization, project: decodePathSegment(project) }));
});

export async function generateMetadata({ params }: ArtifactsProps): Promise<Metadata> {
  const { organization, project } = await params;
  return { title: `Artifacts of ${(await readProject(organization, project)).name}` };
}

/** What was uploaded for a project, the last first, and stack traces resolved with it. */
export default async function Artifacts({ params, searchParams }: ArtifactsProps) {
  const given = await params;
  const query = await searchParams;
  const { call, organization, isSample, can, to } = await organizationPage(given.organization);
  const { slug: project, name } = await readProject(given.organization, given.project);
  const asked = readArtifactsQuery(query);
  const named = { organization, project };
  const wanted = { ...named, ...(asked.query === "" ? {} : { query: asked.query }) };
  const [bundles, releases] = await Promise.all([
    pageAt(asked.bundles, (at) => call.artifacts.browse({ ...wanted, ...at, per_page: 20 })),
    pageAt(asked.own, (at) => call.files.sourceMaps({ ...wanted, ...at })),
  ]);
  const listed = bundles.items.find(({ bundleId }) => bundleId === asked.bundle);
  // A bundle that was found for something else than its files shows all of them.
  const fileQuery = listed?.matches === 0 ? "" : asked.query;
  const { bundle, onlyMissing, cursor } = asked;
  const read = bundle === null ? null : await readBundle(call, { ...named, bundle, query: fileQuery, onlyMissing, cursor });
  const mayResolve = can("project:read");
  const downloads = can("project:write") ? downloadUrls(organization) : null;
  const isEmpty = asked.query === "" && asked.bundles === null && bundles.items.length === 0 && releases.items.length === 0;
  const address = (more: Record<string, string | null>) => to.artifacts(project, { q: asked.query, ...more });
  return (
    <>
      <RefreshOn kinds="bundle file archive" />
      <PageHeader
        title={`Artifacts of ${name}`}
        facts={
          <>
            <PageLink href={to.project(project)}>{project}</PageLink> · what was uploaded to lead from minified code to its source
          </>
        }
        actions={
          mayResolve && (
            <StackTrigger
              organization={organization}
              projects={[project]}
              release={textParam(query, "release") ?? firstRelease(bundles.items)}
              dist={asked.dist ?? ""}
              dists={distsOf(bundles.items)}
              isOpen={asked.isStackOpen}
              example={isSample ? SHOP_TRACE : undefined}
            />
          )
        }
      />
      {!downloads && !isEmpty && <DownloadNote />}
      {!isEmpty && (
        <SearchForm
          action={to.artifacts(project)}
          text={asked.query}
          label="Search by release, dist, bundle id, debug id or file name"
          placeholder="A release, a dist, a bundle, a debug id, a part of a file's name…"
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
        hrefOf={(one) => address({ bundle: one.bundleId, bundles: asked.bundles })}
        empty={isEmpty ? <NoProjectArtifacts project={project} /> : <EmptyState title={noBundlesTitle(asked.query)} />}
      />
      <Pager page={bundles} hrefOf={(next) => address({ bundles: next })} />
      {read && (
        <BundleFiles
          read={read}
          organization={organization}
          downloads={downloads}
          asked={{ query: fileQuery, onlyMissing }}
          hrefOf={(other) =>
            address({
              q: other.query ?? asked.query,
              missing: (other.onlyMissing ?? onlyMissing) ? "1" : null,
              bundle: read.bundle.bundleId,
              bundles: asked.bundles,
              cursor: other.cursor ?? null,
            })
          }
        />
      )}
      <ReleasesWithFiles to={to} page={releases} hrefOf={(next) => address({ own: next })} />
    </>
  );
}

/** What the panel for a stack trace starts with: what was uploaded for last. */
const firstRelease = (bundles: readonly BundleLineView[]): string =>
  bundles.flatMap(({ associations }) => associations[0]?.release ?? []).at(0) ?? "";

const distsOf = (bundles: readonly BundleLineView[]): string[] => [
  ...new Set(bundles.flatMap(({ associations }) => associations.flatMap(({ dist }) => dist ?? []))),
];

const noBundlesTitle = (query: string): string =>
  query === "" ? "There are no bundles of this project" : `No bundle is, is for, or among the last 200 holds a file called “${query}”`;
