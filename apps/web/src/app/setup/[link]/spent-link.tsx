import { StandalonePage } from "../../../ui/door.tsx";
import { PageLink } from "../../../ui/page-link.tsx";

const REASONS = {
  used: "It was used before, or replaced by a newer one.",
  expired: "It has expired: setup links work for 7 days.",
  unknown: "It is unknown to this server. Check that it was copied whole.",
} as const;

/** What a setup link leads to once it does not work any more, or if it never was one. */
export function UnusableLink({ state }: { readonly state: keyof typeof REASONS }) {
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
