import type { Metadata } from "next";
import { AcceptForm, JoinForm } from "#features/invitations/join-forms.tsx";
import { currentViewer } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { PageLink } from "#ui/links.tsx";
import { StandalonePage } from "#ui/standalone-page.tsx";

export const metadata: Metadata = { title: "Invitation" };

const OVER = {
  unknown: "This invitation is unknown to this server. Check that its link was copied whole.",
  used: "This invitation was used before, taken back, or replaced by a newer one.",
  expired: "This invitation has expired: invitations work for a week.",
} as const;

/** Where an invitation leads: to an account for whoever has none, else to accepting it signed in. */
export default async function Invitation({ params }: { readonly params: Promise<{ readonly secret: string }> }) {
  const { secret } = await params;
  const invitation = await runningApp().invitation(secret);
  if (invitation.state !== "unused") {
    return (
      <StandalonePage title="This invitation does not work">
        <p role="alert">{OVER[invitation.state]} Ask whoever invited you for a new one.</p>
        <p>
          <PageLink href="/sign-in">Sign in</PageLink> if you have an account.
        </p>
      </StandalonePage>
    );
  }
  const { organization, email, role, hasAccount } = invitation;
  const viewer = hasAccount ? await currentViewer() : null;
  const me = viewer ? await viewer.call.me.get() : null;
  return (
    <StandalonePage title={`Join ${organization.name}`}>
      <p>
        You are invited as {email}, with the role {role}.
      </p>
      {!hasAccount && <JoinForm secret={secret} email={email} />}
      {hasAccount && me && <AcceptForm secret={secret} signedInAs={me.email} />}
      {hasAccount && !me && (
        <p>
          You have an account here: <PageLink href={`/sign-in?next=${encodeURIComponent(`/invite/${secret}`)}`}>sign in</PageLink> to
          accept.
        </p>
      )}
    </StandalonePage>
  );
}
