import { DAY } from "@landfall/domain/durations";
import { instant } from "@landfall/schema/instant";
import type { TokenDetailsView } from "@landfall/schema/organizations/tokens";
import { type OrganizationPage, requestTime } from "#server/pages/page-context.ts";

/** Returns the organization tokens that were used in the last 30 days, of the newest 100. */
export async function recentTokens({ call, organization }: Pick<OrganizationPage, "call" | "organization">): Promise<TokenDetailsView[]> {
  const { items } = await call.tokens.browse({ organization, per_page: "100" });
  const since = instant(new Date(requestTime().getTime() - 30 * DAY));
  return items.filter(({ dateLastUsed }) => dateLastUsed !== null && dateLastUsed >= since);
}
