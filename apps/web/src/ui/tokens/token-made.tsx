import type { TokenDetailsView } from "@landfall/schema/views/token";
import { TimeAgo } from "../time-ago.tsx";

type TokenMadeProps = { readonly token: Pick<TokenDetailsView, "createdBy" | "dateCreated">; readonly withMaker: boolean };

/** When a token was made, and by whom. */
export function TokenMade({ token: { createdBy, dateCreated }, withMaker }: TokenMadeProps) {
  return (
    <span className="soft" title={createdBy?.email}>
      <TimeAgo at={dateCreated} />
      {withMaker && ` by ${createdBy?.name ?? "the server"}`}
    </span>
  );
}
