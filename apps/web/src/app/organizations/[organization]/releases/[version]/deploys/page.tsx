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
  return { title: `Deploys of ${release.version}` };
}

/** Every deploy of a release, the last finished first. */
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
  const word = shellQuote(version);
  return (
    <EmptyState title="This release was deployed nowhere, as far as anybody has told">
      <p>Let the job that deploys it say so:</p>
      <CommandLine command={`sentry-cli deploys new --release ${word} -e production`} />
      <CommandLine command={`landfall deploys new ${word} -e production`} />
    </EmptyState>
  );
}
