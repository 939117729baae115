import type { Metadata } from "next";
import { headers } from "next/headers";
import { readFirstReleaseProgress } from "#features/first-release/first-release.ts";
import { SetUp } from "#features/setup/setup.tsx";
import { currentViewer } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { PageLink } from "#ui/links.tsx";
import { StandalonePage } from "#ui/standalone-page.tsx";

export const metadata: Metadata = { title: "Set up" };

/** The page of a setup link, which creates one owner. */
export default async function SetUpPage({ params }: { readonly params: Promise<{ readonly link: string }> }) {
  const { link } = await params;
  const running = runningApp();
  const facts = await running.setupLink(link);
  const viewer = await currentViewer();
  const hasUsedLink = viewer !== null && facts.organization !== null && facts.state === "used";
  // Also for a link that was just used: the page is rendered again with the response to the form, and then waits for the first release.
  return (
    <SetUp
      link={link}
      facts={facts}
      url={running.originOf(await headers())}
      progress={
        hasUsedLink && facts.organization ? await readFirstReleaseProgress(viewer.call, facts.organization.slug).catch(() => null) : null
      }
    >
      {facts.state === "unused" ? null : <UnusableLink state={facts.state} />}
    </SetUp>
  );
}

const REASONS = {
  used: "It was used before, or replaced by a newer one.",
  expired: "It has expired. Setup links are valid for 7 days.",
  unknown: "It is unknown to this server. Check that you copied the complete link.",
} as const;

/** Shown for a setup link that does not work. */
function UnusableLink({ state }: { readonly state: keyof typeof REASONS }) {
  return (
    <StandalonePage title="This link does not work">
      <p role="alert">{REASONS[state]}</p>
      <p>
        <PageLink href="/sign-in">Sign in</PageLink>, or ask the operator of the server for a new link, created with{" "}
        <code>npm run admin -- setup-link --org &lt;slug&gt;</code>.
      </p>
    </StandalonePage>
  );
}
