import type { TokenDetailsView } from "@landfall/schema/views/token";
import { EmptyState } from "../nothing-here.tsx";
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
