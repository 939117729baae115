import type { TokenDetailsView } from "@landfall/schema/views/token";
import { ConfirmButton } from "../dialog/confirm-button.tsx";
import { RotateToken } from "./rotate-token.tsx";
import { revokeToken } from "./token-actions.ts";
import { TokenUse } from "./token-use.tsx";

type TokenActionsProps = {
  readonly token: TokenDetailsView;
  /** What names it to the server. */
  readonly hidden: Readonly<Record<string, string>>;
  /** Whether it has expired: then there is nothing to put another in the place of. */
  readonly isOver: boolean;
};

/** What can be done with a token. */
export function TokenActions({ token, hidden, isOver }: TokenActionsProps) {
  const { name, tokenLastCharacters: last, dateLastUsed, children } = token;
  return (
    <>
      {!isOver && <RotateToken name={name} lastCharacters={last} hidden={hidden} />}
      <ConfirmButton
        label="Revoke"
        name={`Revoke ${name}, …${last}`}
        title={`Revoke ${name}`}
        action={revokeToken}
        hidden={hidden}
        submit="Revoke it now"
        done={`The token ${name} is revoked.`}
      >
        <p>
          The token ending in <code>…{last}</code> was {dateLastUsed === null ? "never used." : "last used "}
          {dateLastUsed !== null && <TokenUse token={token} />}
        </p>
        {children > 0 && !isOver && (
          <p>
            {children === 1 ? "A token that was" : `${children} tokens that were`} created with it {children === 1 ? "ends" : "end"} with
            it.
          </p>
        )}
        <p>Whatever still uses it is refused from its next request on. This cannot be undone; to replace it without a gap, rotate it.</p>
      </ConfirmButton>
    </>
  );
}
