import type { Metadata } from "next";
import { headers } from "next/headers";
import { readFirstReleaseProgress } from "#features/first-release/first-release.ts";
import { SetUp } from "#features/setup/setup.tsx";
import { currentViewer } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { PageLink } from "#ui/links.tsx";
import { StandalonePage } from "#ui/standalone-page.tsx";

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
      progress={
        isTheirs && facts.organization ? await readFirstReleaseProgress(viewer.call, facts.organization.slug).catch(() => null) : null
      }
    >
      {facts.state === "unused" ? null : <UnusableLink state={facts.state} />}
    </SetUp>
  );
}

const REASONS = {
  used: "It was used before, or replaced by a newer one.",
  expired: "It has expired: setup links work for 7 days.",
  unknown: "It is unknown to this server. Check that it was copied whole.",
} as const;

/** What a setup link leads to once it does not work any more, or if it never was one. */
function UnusableLink({ state }: { readonly state: keyof typeof REASONS }) {
  return (
    <StandalonePage title="This link does not work">
      <p role="alert">{REASONS[state]}</p>
      <p>
        <PageLink href="/sign-in">Sign in</PageLink>, or ask whoever runs the server for a new link, made with{" "}
        <code>npm run admin -- setup-link --org &lt;slug&gt;</code>.
      </p>
    </StandalonePage>
  );
}
