import { Door } from "../../../ui/door.tsx";
import { PageLink } from "../../../ui/page-link.tsx";

/** What a setup link leads to once it works no more, or when it never was one. */
export function SpentLink({ isKnown }: { readonly isKnown: boolean }) {
  return (
    <Door title="This link does not work">
      <p role="alert">
        {isKnown ? "It was used before, or replaced by a newer one." : "It is unknown to this server. Check that it was copied whole."}
      </p>
      <p>
        <PageLink href="/sign-in">Sign in</PageLink>, or ask whoever runs the server for a new link, made with{" "}
        <code>npm run admin -- setup-link --org &lt;slug&gt;</code>.
      </p>
    </Door>
  );
}
