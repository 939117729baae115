import { listOrgTokenDetails } from "@landfall/core/tokens/browse-org-tokens";
import { createOrgToken } from "@landfall/core/tokens/create-org-token";
import { listOrgTokens } from "@landfall/core/tokens/list-org-tokens";
import { revokeOrgToken } from "@landfall/core/tokens/revoke-org-token";
import { rotateOrgToken } from "@landfall/core/tokens/rotate-org-token";
import { mutationOf, queryOf, router } from "../trpc.ts";

/** The organization's own tokens; people's are below `me`. */
export const tokensRouter = router({
  list: queryOf(listOrgTokens),
  browse: queryOf(listOrgTokenDetails),
  create: mutationOf(createOrgToken),
  rotate: mutationOf(rotateOrgToken),
  revoke: mutationOf(revokeOrgToken),
});
