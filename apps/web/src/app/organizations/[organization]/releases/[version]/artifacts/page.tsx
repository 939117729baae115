import { formatRelease } from "@landfall/domain/versions/release-name";
import { SHOP_TRACE } from "@landfall/core/sample-data/shop-build";
import type { BundleLineView } from "@landfall/schema/artifacts/artifact-bundles";
import type { Metadata } from "next";
import { readArtifactsQuery, readBundle } from "#features/artifacts/artifacts-page.ts";
import { BundleFiles } from "#features/artifacts/bundle-files.tsx";
import { BundleTable } from "#features/artifacts/bundle-table.tsx";
import { DownloadNote, downloadUrls } from "#features/artifacts/downloads.tsx";
import { NoReleaseArtifacts } from "#features/artifacts/empty-artifacts.tsx";
import { describeArtifacts } from "#features/artifacts/format.ts";
import { ReleaseFiles } from "#features/artifacts/release-files.tsx";
import { releasePage } from "#features/release/release-page.ts";
import { StackTrigger } from "#features/stack-trace/stack-trigger.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { SearchForm } from "#ui/forms/search-form.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { Pager } from "#ui/table/pager.tsx";
import classes from "#features/artifacts/artifacts.module.css";

type ArtifactsProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: `Artifacts of ${formatRelease(release.version)}` };
}

/** The artifacts of a release: bundles, the files of one bundle, and release files, with a panel to resolve stack traces. */
export default async function Artifacts({ searchParams }: ArtifactsProps) {
  const { call, organization, isSample, release, to, can } = await releasePage();
  const { version } = release;
  const params = await searchParams;
  const filters = readArtifactsQuery(params);
  const locator = { organization, version };
  const query = filters.query === "" ? undefined : filters.query;
  const [counts, bundles, own] = await Promise.all([
    call.artifacts.ofRelease(locator),
    pageAt(filters.bundles, (at) => call.artifacts.browseOfRelease({ ...locator, query, ...at })),
    pageAt(filters.own, (at) => call.files.list({ ...locator, query, ...at, per_page: 50 })),
  ]);
  const slugs = release.projects.map(({ slug }) => slug);
  const hasSome = counts.bundles + counts.files + counts.archives > 0;
  const projectOf = ({ projects }: BundleLineView) => projects.find((slug) => slugs.includes(slug)) ?? "";
  const listed = bundles.items.find(({ bundleId }) => bundleId === filters.bundle) ?? bundles.items[0];
  const chosen = filters.bundle !== null && filters.in !== null ? { bundle: filters.bundle, project: filters.in } : null;
  const open = chosen ?? (listed && { bundle: listed.bundleId, project: projectOf(listed) });
  // A bundle that matched by something other than its files shows all its files.
  const files = listed && listed.matches === 0 ? "" : filters.query;
  const read =
    open && (await readBundle(call, { organization, ...open, query: files, onlyMissing: filters.onlyMissing, cursor: filters.cursor }));
  const mayResolve = can("project:read");
  const downloads = can("project:write") ? downloadUrls(organization) : null;
  const baseQuery = { project: textParam(params, "project"), q: filters.query };
  const urlWith = (more: Record<string, string | null>) => to.release(version, "artifacts", { ...baseQuery, ...more });
  return (
    <>
      <RefreshOn kinds="bundle file archive" />
      <div className={classes["head"]}>
        {hasSome && <p className={classes["summary"]}>{describeArtifacts(counts)}</p>}
        {mayResolve && hasSome && (
          <StackTrigger
            organization={organization}
            projects={slugs}
            release={version}
            dist={filters.dist ?? ""}
            dists={counts.dists.filter((dist) => dist !== null)}
            isOpen={filters.isStackOpen}
            example={isSample ? SHOP_TRACE : undefined}
          />
        )}
      </div>
      {!downloads && hasSome && <DownloadNote />}
      {!hasSome && <NoReleaseArtifacts version={version} project={release.projects[0]?.slug ?? null} />}
      {hasSome && (
        <SearchForm
          action={to.release(version, "artifacts")}
          text={filters.query}
          label="Search files by name or debug id"
          placeholder="Part of a file name, debug id, dist, or bundle…"
        >
          {baseQuery.project !== null && <input type="hidden" name="project" value={baseQuery.project} />}
        </SearchForm>
      )}
      {counts.bundles > 0 && (
        <BundleTable
          bundles={bundles.items}
          organization={organization}
          to={to}
          downloads={downloads}
          mayDelete={can("project:admin", "project:releases")}
          projectOf={projectOf}
          shown={read?.bundle.id ?? null}
          hrefOf={(bundle) => urlWith({ bundle: bundle.bundleId, in: projectOf(bundle), bundles: filters.bundles })}
          isOfRelease
          empty={<EmptyState title={`No bundles match “${filters.query}”`} />}
        />
      )}
      <Pager page={bundles} hrefOf={(cursor) => urlWith({ bundles: cursor })} />
      {read && (
        <BundleFiles
          read={read}
          organization={organization}
          downloads={downloads}
          filter={{ query: files, onlyMissing: filters.onlyMissing }}
          hrefOf={({ query = filters.query, onlyMissing = filters.onlyMissing, cursor = null }) =>
            urlWith({
              q: query,
              missing: onlyMissing ? "1" : null,
              bundle: read.bundle.bundleId,
              in: read.project,
              bundles: filters.bundles,
              cursor,
            })
          }
        />
      )}
      {counts.files + counts.members > 0 && (
        <ReleaseFiles
          page={own}
          release={locator}
          downloads={downloads}
          may={release.may}
          query={filters.query}
          hrefOf={(cursor) => urlWith({ own: cursor })}
        />
      )}
    </>
  );
}
