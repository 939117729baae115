import type { TokenDetailsView } from "@landfall/schema/views/token";
import { TimeAgo } from "../time-ago.tsx";
import { clientName } from "./client-name.ts";

/** When a token was used last, by which client, and for which project. */
export function TokenUse({ token }: { readonly token: Pick<TokenDetailsView, "dateLastUsed" | "lastUsedClient" | "projectLastUsed"> }) {
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
