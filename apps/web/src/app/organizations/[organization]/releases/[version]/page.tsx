import type { Metadata } from "next";
import { NothingHere } from "../../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { CommitRows } from "./commit-rows.tsx";
import { DeployTable } from "./deploy-table.tsx";
import { type ReleaseParams, releaseDeploys, releasePage } from "./release-page.ts";
import classes from "./overview.module.css";

type OverviewProps = { readonly params: ReleaseParams };

export async function generateMetadata({ params }: OverviewProps): Promise<Metadata> {
  const { release } = await releasePage(params);
  return { title: release.version };
}

/** How many of each the overview shows. */
const SHOWN = 8;

/** The beginning of everything there is about a release. */
export default async function Overview({ params }: OverviewProps) {
  const { call, organization, release, to } = await releasePage(params);
  const { version, commitCount, deployCount } = release;
  const given = await params;
  const [commits, deploys] = await Promise.all([
    call.commits.ofRelease({ organization, version, per_page: SHOWN }),
    releaseDeploys(given.organization, given.version),
  ]);
  return (
    <div className={classes["overview"]}>
      <section aria-labelledby="commits">
        <h2 id="commits">Newest commits</h2>
        {commits.items.length === 0 ? (
          <NothingHere title="No commits were reported with this release" />
        ) : (
          <CommitRows to={to} commits={commits.items} />
        )}
        {commitCount > SHOWN && (
          <p>
            <PageLink href={to.release(version, "commits")}>All {commitCount.toLocaleString("en")} commits</PageLink>
          </p>
        )}
      </section>
      <section aria-labelledby="deploys">
        <h2 id="deploys">Newest deploys</h2>
        <DeployTable
          to={to}
          deploys={deploys.items.slice(0, SHOWN)}
          empty={<NothingHere title="This release was deployed nowhere, as far as anybody has told" />}
        />
        {deployCount > 0 && (
          <p>
            <PageLink href={to.release(version, "deploys")}>All {deployCount.toLocaleString("en")} deploys</PageLink>
          </p>
        )}
      </section>
    </div>
  );
}
