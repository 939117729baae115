import type { Metadata } from "next";
import { AcceptForm, JoinForm } from "#features/invitations/join-forms.tsx";
import { currentViewer } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { PageLink } from "#ui/links.tsx";
import { StandalonePage } from "#ui/standalone-page.tsx";

export const metadata: Metadata = { title: "Invitation" };

const REASONS = {
  unknown: "This invitation is unknown to this server. Check that you copied the complete link.",
  used: "This invitation was used before, revoked, or replaced by a newer one.",
  expired: "This invitation has expired. Invitations are valid for 7 days.",
} as const;

/** The page of an invitation link: creates an account, or accepts the invitation for an existing one. */
export default async function Invitation({ params }: { readonly params: Promise<{ readonly secret: string }> }) {
  const { secret } = await params;
  const invitation = await runningApp().invitation(secret);
  if (invitation.state !== "unused") {
    return (
      <StandalonePage title="This invitation does not work">
        <p role="alert">{REASONS[invitation.state]} Ask the person who invited you for a new one.</p>
        <p>
          <PageLink href="/sign-in">Sign in</PageLink> if you have an account.
        </p>
      </StandalonePage>
    );
  }
  const { organization, email, role, hasAccount } = invitation;
  const viewer = hasAccount ? await currentViewer() : null;
  const account = viewer ? await viewer.call.me.get() : null;
  return (
    <StandalonePage title={`Join ${organization.name}`}>
      <p>
        You are invited as {email}, with the role {role}.
      </p>
      {!hasAccount && <JoinForm secret={secret} email={email} />}
      {hasAccount && account && <AcceptForm secret={secret} signedInAs={account.email} />}
      {hasAccount && !account && (
        <p>
          You already have an account: <PageLink href={`/sign-in?next=${encodeURIComponent(`/invite/${secret}`)}`}>sign in</PageLink> to
          accept.
        </p>
      )}
    </StandalonePage>
  );
}
