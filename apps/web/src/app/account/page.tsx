import type { Metadata } from "next";
import { CreateOrganization, RemovedOrganizations } from "#features/account/organizations.tsx";
import { PasswordForm } from "#features/account/password-form.tsx";
import { SessionList } from "#features/account/session-list.tsx";
import { CreateOwnToken, OwnTokens } from "#features/tokens/own-tokens.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { requestTime, signedInViewer } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { SectionHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { organizationUrls, queryString } from "#ui/organization-urls.ts";
import { StandalonePage } from "#ui/standalone-page.tsx";
import { Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Account" };

/** The viewer's account: organizations, password, personal tokens and sessions. */
export default async function Account({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { call } = await signedInViewer("/account");
  const own = textParam(await searchParams, "own");
  const [me, organizations, removed, sessions, tokens] = await Promise.all([
    call.me.get(),
    call.organizations.list({ per_page: "50" }),
    call.organizations.removed({}),
    call.sessions.list({}),
    pageAt(own, (at) => call.me.tokens(at)),
  ]);
  return (
    <StandalonePage title={me.name} wide>
      <p className="soft">{me.email}</p>
      <h2>Organizations</h2>
      {organizations.items.length === 0 ? (
        <>
          <p>You are not a member of any organization. Create one, or ask an owner to invite {me.email}.</p>
          <CreateOrganization />
        </>
      ) : (
        <ul>
          {organizations.items.map(({ slug, name }) => (
            <li key={slug}>
              <PageLink href={organizationUrls(slug).home}>{name}</PageLink>
            </li>
          ))}
        </ul>
      )}
      {removed.length > 0 && <RemovedOrganizations organizations={removed} />}
      <h2>Password</h2>
      {me.hasPasswordAuth ? (
        <PasswordForm email={me.email} />
      ) : (
        <p>You sign in with your organization&rsquo;s provider and have no password here.</p>
      )}
      <SectionHeader
        title="Personal tokens"
        facts="They act as you, and are revoked with your account."
        actions={<CreateOwnToken organization="" />}
      />
      <OwnTokens tokens={tokens.items} organization="" now={requestTime()} />
      <Pager page={tokens} hrefOf={(cursor) => `/account${queryString({ own: cursor })}`} />
      <h2>Sessions</h2>
      <SessionList sessions={sessions.items} />
    </StandalonePage>
  );
}
