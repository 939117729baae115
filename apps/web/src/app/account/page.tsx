import type { Metadata } from "next";
import { signedInViewer } from "../../page-data/current-viewer.ts";
import { addresses } from "../../ui/addresses.ts";
import { Door } from "../../ui/door.tsx";
import { PageLink } from "../../ui/page-link.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SessionList } from "./sessions/session-list.tsx";

export const metadata: Metadata = { title: "Account" };

/** Who the viewer is here: their organizations, password, and where they are signed in. */
export default async function Account() {
  const { call } = await signedInViewer("/account");
  const [me, organizations, sessions] = await Promise.all([
    call.me.get(),
    call.organizations.list({ per_page: "50" }),
    call.sessions.list({}),
  ]);
  return (
    <Door title={me.name} wide>
      <p className="soft">{me.email}</p>
      <h2>Organizations</h2>
      {organizations.items.length === 0 ? (
        <p>You are in no organization. Ask an owner to invite {me.email}.</p>
      ) : (
        <ul>
          {organizations.items.map(({ slug, name }) => (
            <li key={slug}>
              <PageLink href={addresses(slug).home}>{name}</PageLink>
            </li>
          ))}
        </ul>
      )}
      <h2>Password</h2>
      {me.hasPasswordAuth ? (
        <PasswordForm email={me.email} />
      ) : (
        <p>You sign in with your organization&rsquo;s provider and have no password here.</p>
      )}
      <h2>Where you are signed in</h2>
      <SessionList sessions={sessions.items} />
    </Door>
  );
}
