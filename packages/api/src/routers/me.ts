import { getSelf } from "@landfall/core/people/get-self";
import { listRegions } from "@landfall/core/people/list-regions";
import { whoAmI } from "@landfall/core/people/who-am-i";
import { createUserToken } from "@landfall/core/tokens/create-user-token";
import { listTokens } from "@landfall/core/tokens/list-tokens";
import { revokeToken } from "@landfall/core/tokens/revoke-token";
import { rotateToken } from "@landfall/core/tokens/rotate-token";
import { mutationOf, openQueryOf, queryOf, router } from "../trpc.ts";

/** Who calls, and their own tokens. */
export const meRouter = router({
  whoAmI: openQueryOf(whoAmI),
  get: openQueryOf(getSelf),
  regions: openQueryOf(listRegions),
  tokens: queryOf(listTokens),
  createToken: mutationOf(createUserToken),
  rotateToken: mutationOf(rotateToken),
  revokeToken: mutationOf(revokeToken),
});
