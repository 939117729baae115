import type { Metadata } from "next";
import { CreateToken } from "#features/tokens/create-token.tsx";
import { tokenWarning } from "#features/tokens/format.ts";
import { CreateOwnToken, OwnTokens } from "#features/tokens/own-tokens.tsx";
import { TokenTable } from "#features/tokens/token-table.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage, requestTime } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Tokens" };

type TokensProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The organization tokens and the personal tokens of the viewer. */
export default async function Tokens({ params, searchParams }: TokensProps) {
  const { call, organization, role, can, to } = await organizationPage((await params).organization);
  const query = await searchParams;
  const [cursor, own] = [textParam(query, "cursor"), textParam(query, "own")];
  const [details, tokens, personalTokens] = await Promise.all([
    call.organizations.get({ organization }),
    pageAt(cursor, (at) => call.tokens.browse({ organization, ...at })),
    pageAt(own, (at) => call.me.tokens(at)),
  ]);
  const now = requestTime();
  const reachesAll = details.openMembership || role === "owner" || role === "manager";
  const mayManage = can("org:write", "org:admin");
  const mayCreate =
    reachesAll && (mayManage || details.membersCreateTokens) && can("project:releases", "project:write", "project:admin", "org:ci");
  const path = to.settings("tokens");
  return (
    <>
      <RefreshOn kinds="token" />
      <SectionHeader
        title="Organization tokens"
        facts={
          tokenWarning(tokens.items, now) ?? "For CI. They can create releases, and stay valid when people leave unless you revoke them."
        }
        actions={mayCreate && <CreateToken owner="organization" organization={organization} scopes={[]} />}
      />
      <TokenTable
        caption="Organization tokens"
        tokens={tokens.items}
        owner="organization"
        organization={organization}
        mayChange={mayManage}
        now={now}
        empty={
          <EmptyState title="No organization tokens">
            <p>
              {mayCreate
                ? "CI needs one to create releases. Create it, and add it to the secrets of your pipeline as SENTRY_AUTH_TOKEN."
                : "CI needs one to create releases. Ask an owner or manager to create it."}
            </p>
          </EmptyState>
        }
      />
      <Pager page={tokens} hrefOf={(to) => path + queryString({ cursor: to, own })} />
      <SectionHeader
        title="Personal tokens"
        facts="They act as you in every organization you belong to, and are revoked with your account."
        actions={<CreateOwnToken organization={organization} />}
      />
      <OwnTokens tokens={personalTokens.items} organization={organization} now={now} />
      <Pager page={personalTokens} hrefOf={(to) => path + queryString({ cursor, own: to })} />
    </>
  );
}
