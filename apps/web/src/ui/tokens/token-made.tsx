import type { TokenDetailsView } from "@landfall/schema/views/token";
import { Chip } from "../chip.tsx";
import { TimeAgo } from "../time-ago.tsx";

type TokenCreatedProps = {
  readonly token: Pick<TokenDetailsView, "createdBy" | "dateCreated" | "hasParent">;
  readonly withMaker: boolean;
};

/** When a token was created, and by whom; marked if they have left the organization since. */
export function TokenCreated({ token: { createdBy, dateCreated, hasParent }, withMaker }: TokenCreatedProps) {
  return (
    <span className="soft" title={createdBy?.email}>
      <TimeAgo at={dateCreated} />
      {withMaker && ` by ${createdBy?.name ?? "the server"}`}
      {hasParent && " with a token"}
      {createdBy && !createdBy.isMember && (
        <>
          {" "}
          <Chip tone="warn">who left</Chip>
        </>
      )}
    </span>
  );
}
