import type { Metadata } from "next";
import { headers } from "next/headers";
import { currentViewer } from "../../../page-data/current-viewer.ts";
import { readFirstReleaseProgress } from "../../../page-data/first-release.ts";
import { runningApp } from "../../../running-app.ts";
import { SetUp } from "./set-up.tsx";
import { UnusableLink } from "./spent-link.tsx";

export const metadata: Metadata = { title: "Set up" };

/** Where a setup link leads: its holder becomes an administrator, once. */
export default async function SetUpPage({ params }: { readonly params: Promise<{ readonly link: string }> }) {
  const { link } = await params;
  const running = runningApp();
  const facts = await running.setupLink(link);
  const viewer = await currentViewer();
  const isTheirs = viewer !== null && facts.organization !== null && facts.state === "used";
  // Also for a link that was used just now: this very page is the answer to the form, and goes on to wait for the first release.
  return (
    <SetUp
      link={link}
      facts={facts}
      url={running.originOf(await headers())}
      progress={isTheirs && facts.organization ? await readFirstReleaseProgress(viewer.call, facts.organization.slug).catch(() => null) : null}
    >
      {facts.state === "unused" ? null : <UnusableLink state={facts.state} />}
    </SetUp>
  );
}
