import type { UnusedServer } from "#server/pages/running-app.ts";
import { CommandBlock } from "#ui/command-block.tsx";
import { PageLink } from "#ui/links.tsx";
import { StandalonePage } from "#ui/standalone-page.tsx";

type BeforeSetUpProps = Pick<UnusedServer, "local"> & { readonly hasProvider: boolean };

/** The start page of a server without accounts: where its setup link is, and how to get a new one. */
export function BeforeSetUp({ local, hasProvider }: BeforeSetUpProps) {
  return (
    <StandalonePage title="Set up Landfall">
      <p>This server has no accounts yet. Its setup link creates the first one.</p>
      <h2>Where the link is</h2>
      <p>
        The server printed it at its first start, and wrote it to <code>{local?.file ?? "first-run.txt"}</code>
        {local ? "" : " in its data directory"}. It works once, within 7 days.
      </p>
      <h2>Get a new link</h2>
      <p>Run this where Landfall is installed. Earlier links stop working.</p>
      <CommandBlock label="Create a setup link" lines={[`npm run admin -- setup-link --org ${local?.organization ?? "<slug>"}`]} />
      {local ? null : (
        <p className="soft">
          The slug of the organization is in <code>first-run.txt</code>; without <code>LANDFALL_ORG</code>, it is <code>default</code>.
        </p>
      )}
      {hasProvider && (
        <p>
          <PageLink href="/sign-in">Sign in with SSO</PageLink>
        </p>
      )}
    </StandalonePage>
  );
}
