import type { TokenDetailsView } from "@landfall/schema/organizations/tokens";
import { EmptyState } from "#ui/empty-state.tsx";
import { CreateToken } from "./create-token.tsx";
import { supportedScopes } from "./format.ts";
import { TokenTable } from "./token-table.tsx";

type OwnTokensProps = {
  readonly tokens: readonly TokenDetailsView[];
  /** Whose settings are shown; empty outside of any organization. */
  readonly organization: string;
  readonly now: Date;
};

/** The viewer's own tokens, which only they see. */
export function OwnTokens({ tokens, organization, now }: OwnTokensProps) {
  return (
    <TokenTable
      caption="Your own tokens"
      tokens={tokens}
      owner="me"
      organization={organization}
      mayChange
      now={now}
      empty={
        <EmptyState title="You have no tokens of your own.">
          <p>Create one to use the command line and the API as yourself. For CI, take a token of the organization.</p>
        </EmptyState>
      }
    />
  );
}

/** CI has tokens of the organization, which outlive people's accounts. */
const OWN_TOKEN_SCOPES = supportedScopes.filter((scope) => scope !== "org:ci");

/** A button to make a token of the viewer's own. `organization` is empty outside of any. */
export function CreateOwnToken({ organization }: { readonly organization: string }) {
  return <CreateToken owner="me" organization={organization} scopes={OWN_TOKEN_SCOPES} />;
}
