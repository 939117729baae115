import type { TokenDetailsView } from "@landfall/schema/organizations/tokens";
import type { ReactNode } from "react";
import { Chip } from "#ui/chip.tsx";
import { ConfirmButton } from "#ui/dialog/action-buttons.tsx";
import { actionsColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { revokeToken } from "./actions.ts";
import { RotateToken } from "./create-token.tsx";
import { clientName, describeScopes, expiryOf } from "./format.ts";
import classes from "./token-table.module.css";

type TokenTableProps = {
  readonly caption: string;
  readonly tokens: readonly TokenDetailsView[];
  readonly owner: "organization" | "me";
  /** Empty outside of an organization. */
  readonly organization: string;
  /** Whether the viewer may rotate and revoke them. */
  readonly mayChange: boolean;
  readonly now: Date;
  readonly empty: ReactNode;
};

/** A table of tokens: permissions, creator, last use and expiry. */
export function TokenTable({ caption, tokens, empty, ...options }: TokenTableProps) {
  return <DataTable caption={caption} columns={columnsOf(options)} rows={tokens} keyOf={({ id }) => id} empty={empty} />;
}

type ColumnOptions = Omit<TokenTableProps, "caption" | "tokens" | "empty">;

const columnsOf = ({ owner, organization, mayChange, now }: ColumnOptions): readonly Column<TokenDetailsView>[] => [
  {
    key: "name",
    head: "Token",
    cell: ({ name, tokenLastCharacters }) => (
      <span className={classes["name"]}>
        <strong className="cut" title={name}>
          {name}
        </strong>
        <code title="Last characters">…{tokenLastCharacters}</code>
      </span>
    ),
  },
  {
    key: "scopes",
    head: "Permissions",
    hideBelow: "tablet",
    cell: ({ scopes }) => (
      <span className={classes["scopes"]} title={scopes.join(", ")}>
        {describeScopes(scopes)}
      </span>
    ),
  },
  {
    key: "created",
    head: "Created",
    hideBelow: "tablet",
    cell: (token) => <TokenCreated token={token} withCreator={owner === "organization"} />,
  },
  { key: "used", head: "Last used", hideBelow: "phone", cell: (token) => <TokenUse token={token} /> },
  { key: "expires", head: "Expires", cell: ({ dateExpires }) => <ExpiryChip dateExpires={dateExpires} now={now} /> },
  ...(mayChange
    ? [
        actionsColumn((token: TokenDetailsView) => (
          <TokenActions
            token={token}
            hidden={{ owner, organization, token: token.id }}
            isOver={expiryOf(token.dateExpires, now) === "over"}
          />
        )),
      ]
    : []),
];

type TokenActionsProps = {
  readonly token: TokenDetailsView;
  /** The form fields that identify the token. */
  readonly hidden: Readonly<Record<string, string>>;
  /** Whether it has expired, and can no longer be rotated. */
  readonly isOver: boolean;
};

/** The buttons of a token. */
function TokenActions({ token, hidden, isOver }: TokenActionsProps) {
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
        submit="Revoke token"
        done={`Token ${name} revoked.`}
      >
        <p>
          The token ending in <code>…{last}</code> was {dateLastUsed === null ? "never used." : "last used "}
          {dateLastUsed !== null && <TokenUse token={token} />}
        </p>
        {children > 0 && !isOver && (
          <p>
            {children === 1 ? "A token that was created with it is" : `${children} tokens that were created with it are`} revoked as well.
          </p>
        )}
        <p>
          Clients that still use it are rejected immediately. This cannot be undone. To replace it without interruption, rotate it instead.
        </p>
      </ConfirmButton>
    </>
  );
}

type TokenCreatedProps = {
  readonly token: Pick<TokenDetailsView, "createdBy" | "dateCreated" | "hasParent">;
  readonly withCreator: boolean;
};

/** When a token was created, and by whom; marked if they have left the organization. */
function TokenCreated({ token: { createdBy, dateCreated, hasParent }, withCreator }: TokenCreatedProps) {
  return (
    <span className="soft" title={createdBy?.email}>
      <TimeAgo at={dateCreated} />
      {withCreator && ` by ${createdBy?.name ?? "the server"}`}
      {hasParent && " with a token"}
      {createdBy && !createdBy.isMember && (
        <>
          {" "}
          <Chip tone="warn">former member</Chip>
        </>
      )}
    </span>
  );
}

/** When a token was last used, by which client, and for which project. */
function TokenUse({ token }: { readonly token: Pick<TokenDetailsView, "dateLastUsed" | "lastUsedClient" | "projectLastUsed"> }) {
  const { dateLastUsed, lastUsedClient, projectLastUsed } = token;
  if (dateLastUsed === null) return <span className="soft">never</span>;
  const client = clientName(lastUsedClient);
  return (
    <span title={lastUsedClient ?? undefined}>
      <TimeAgo at={dateLastUsed} />
      {client !== null && ` by ${client}`}
      {projectLastUsed && ` for ${projectLastUsed.slug}`}
    </span>
  );
}

/** When a token expires; marked from two weeks before. */
function ExpiryChip({ dateExpires, now }: { readonly dateExpires: string | null; readonly now: Date }) {
  const expiry = expiryOf(dateExpires, now);
  if (dateExpires === null) return <span className="soft">never</span>;
  if (expiry === "later") return <TimeAgo at={dateExpires} />;
  return expiry === "soon" ? (
    <Chip tone="warn">
      expires <TimeAgo at={dateExpires} />
    </Chip>
  ) : (
    <Chip tone="bad">
      expired <TimeAgo at={dateExpires} />
    </Chip>
  );
}
