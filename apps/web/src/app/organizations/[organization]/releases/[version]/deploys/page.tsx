import { formatRelease } from "@landfall/domain/versions/release-name";
import type { Metadata } from "next";
import { DeployTable } from "#features/release/deploy-table.tsx";
import { RecordDeploy } from "#features/release/record-deploy.tsx";
import { editableRelease, releasePage } from "#features/release/release-page.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { shellQuote } from "#ui/format.ts";
import { Pager } from "#ui/table/pager.tsx";
import classes from "./page.module.css";

type DeploysProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: `Deploys of ${formatRelease(release.version)}` };
}

/** All deploys of a release, last finished first. */
export default async function Deploys({ searchParams }: DeploysProps) {
  const { call, organization, release, to } = await releasePage();
  const query = await searchParams;
  const { version } = release;
  const page = await call.deploys.ofRelease({ organization, version, per_page: 50, cursor: textParam(query, "cursor") ?? undefined });
  return (
    <>
      {release.may.change && (
        <div className={classes["bar"]}>
          <RecordDeploy release={editableRelease(organization, release)} />
        </div>
      )}
      <DeployTable to={to} deploys={page.items} empty={<NoDeploys version={version} />} />
      <Pager page={page} hrefOf={(cursor) => to.release(version, "deploys", { project: textParam(query, "project"), cursor })} />
    </>
  );
}

function NoDeploys({ version }: { readonly version: string }) {
  const quoted = shellQuote(version);
  return (
    <EmptyState title="Not deployed yet">
      <p>Report each deploy from your deploy job:</p>
      <CommandLine command={`sentry-cli deploys new --release ${quoted} -e production`} />
      <CommandLine command={`landfall deploys new ${quoted} -e production`} />
    </EmptyState>
  );
}
