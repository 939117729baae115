import type { TokenDetailsView } from "@landfall/schema/organizations/tokens";
import { EmptyState } from "#ui/empty-state.tsx";
import { CreateToken } from "./create-token.tsx";
import { supportedScopes } from "./format.ts";
import { TokenTable } from "./token-table.tsx";

type OwnTokensProps = {
  readonly tokens: readonly TokenDetailsView[];
  /** Empty outside of an organization. */
  readonly organization: string;
  readonly now: Date;
};

/** The viewer's personal tokens. */
export function OwnTokens({ tokens, organization, now }: OwnTokensProps) {
  return (
    <TokenTable
      caption="Personal tokens"
      tokens={tokens}
      owner="me"
      organization={organization}
      mayChange
      now={now}
      empty={
        <EmptyState title="You have no personal tokens">
          <p>Create one to use the CLI and the API as yourself. For CI, use an organization token.</p>
        </EmptyState>
      }
    />
  );
}

/** Not `org:ci`: CI uses organization tokens, which outlive accounts. */
const OWN_TOKEN_SCOPES = supportedScopes.filter((scope) => scope !== "org:ci");

/** A button to create a personal token. `organization` is empty outside of an organization. */
export function CreateOwnToken({ organization }: { readonly organization: string }) {
  return <CreateToken owner="me" organization={organization} scopes={OWN_TOKEN_SCOPES} />;
}
