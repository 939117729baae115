import type { TokenDetailsView } from "@landfall/schema/views/token";
import type { ReactNode } from "react";
import { type Column, DataTable } from "../table/data-table.tsx";
import { expiryOf } from "./expiry.ts";
import { ExpiryChip } from "./expiry-chip.tsx";
import { describeScopes } from "./scope-words.ts";
import { TokenActions } from "./token-acts.tsx";
import { TokenCreated } from "./token-made.tsx";
import { TokenUse } from "./token-use.tsx";
import classes from "./token-table.module.css";

type TokenTableProps = {
  readonly caption: string;
  readonly tokens: readonly TokenDetailsView[];
  readonly owner: "organization" | "me";
  /** Whose settings are shown; empty outside of any organization. */
  readonly organization: string;
  /** Whether the viewer may rotate and revoke them. */
  readonly mayChange: boolean;
  readonly now: Date;
  readonly empty: ReactNode;
};

/** Tokens, one a line: what each can do, who made it, what used it last, when it ends. */
export function TokenTable({ caption, tokens, empty, ...shown }: TokenTableProps) {
  return <DataTable caption={caption} columns={columnsOf(shown)} rows={tokens} keyOf={({ id }) => id} empty={empty} />;
}

type Shown = Omit<TokenTableProps, "caption" | "tokens" | "empty">;

const columnsOf = ({ owner, organization, mayChange, now }: Shown): readonly Column<TokenDetailsView>[] => [
  {
    key: "name",
    head: "Token",
    cell: ({ name, tokenLastCharacters }) => (
      <span className={classes["name"]}>
        <strong className="cut" title={name}>
          {name}
        </strong>
        <code title="Its last characters">…{tokenLastCharacters}</code>
      </span>
    ),
  },
  {
    key: "can",
    head: "What it can do",
    grows: true,
    hideBelow: "tablet",
    cell: ({ scopes }) => <span title={`It can ${describeScopes(scopes)} (${scopes.join(", ")})`}>{describeScopes(scopes)}</span>,
  },
  {
    key: "made",
    head: "Created",
    hideBelow: "tablet",
    cell: (token) => <TokenCreated token={token} withMaker={owner === "organization"} />,
  },
  { key: "used", head: "Last used", hideBelow: "phone", cell: (token) => <TokenUse token={token} /> },
  { key: "expires", head: "Expires", cell: ({ dateExpires }) => <ExpiryChip dateExpires={dateExpires} now={now} /> },
  ...(mayChange ? [actionsColumn(owner, organization, now)] : []),
];

const actionsColumn = (owner: Shown["owner"], organization: string, now: Date): Column<TokenDetailsView> => ({
  key: "acts",
  head: "What to do",
  hidesHead: true,
  align: "end",
  cell: (token) => (
    <TokenActions token={token} hidden={{ owner, organization, token: token.id }} isOver={expiryOf(token.dateExpires, now) === "over"} />
  ),
});
