import { formatRelease } from "@landfall/domain/versions/release-name";
import type { Metadata } from "next";
import { ActivityItem } from "#features/release/activity.tsx";
import { releasePage } from "#features/release/release-page.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { Pager } from "#ui/table/pager.tsx";
import classes from "#features/release/activity.module.css";

type ActivityProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: `Activity of ${formatRelease(release.version)}` };
}

/** The activity of a release, newest first. */
export default async function Activity({ searchParams }: ActivityProps) {
  const { call, organization, release, to } = await releasePage();
  const query = await searchParams;
  const { version } = release;
  const page = await call.releases.activity({ organization, version, per_page: 50, cursor: textParam(query, "cursor") ?? undefined });
  if (page.items.length === 0) {
    return (
      <EmptyState title="No activity yet">
        <p>Changes to this release will be listed here.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <ol className={`list ${classes["activity"]}`} aria-label="Activity">
        {page.items.map((activity) => (
          <ActivityItem key={activity.id} activity={activity} to={to} />
        ))}
      </ol>
      <Pager page={page} hrefOf={(cursor) => to.release(version, "activity", { project: textParam(query, "project"), cursor })} />
    </>
  );
}
