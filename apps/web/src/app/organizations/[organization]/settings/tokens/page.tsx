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

/** The organization's tokens and the viewer's own. */
export default async function Tokens({ params, searchParams }: TokensProps) {
  const { call, organization, role, can, to } = await organizationPage((await params).organization);
  const query = await searchParams;
  const [cursor, own] = [textParam(query, "cursor"), textParam(query, "own")];
  const [details, tokens, mine] = await Promise.all([
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
        title="Tokens of the organization"
        facts={tokenWarning(tokens.items, now) ?? "For CI: they report releases, and stay when people leave unless you revoke them."}
        actions={mayCreate && <CreateToken owner="organization" organization={organization} scopes={[]} />}
      />
      <TokenTable
        caption="Tokens of the organization"
        tokens={tokens.items}
        owner="organization"
        organization={organization}
        mayChange={mayManage}
        now={now}
        empty={
          <EmptyState title="The organization has no tokens.">
            <p>
              {mayCreate
                ? "CI needs one to report releases: create it, and put it into the secrets of your pipeline as SENTRY_AUTH_TOKEN."
                : "CI needs one to report releases. Ask an owner or manager to create it."}
            </p>
          </EmptyState>
        }
      />
      <Pager page={tokens} hrefOf={(to) => path + queryString({ cursor: to, own })} />
      <SectionHeader
        title="Your own tokens"
        facts="They act as you, in every organization you are in, and end with your account."
        actions={<CreateOwnToken organization={organization} />}
      />
      <OwnTokens tokens={mine.items} organization={organization} now={now} />
      <Pager page={mine} hrefOf={(to) => path + queryString({ cursor, own: to })} />
    </>
  );
}
