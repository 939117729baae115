import { CONTRIBUTORS_WRITE } from "@landfall/core/access/scopes";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Cadence } from "#features/cadence/cadence.tsx";
import { ContributorDeploys, ContributorEmails } from "#features/contributors/contributor-details.tsx";
import { ChangeList } from "#features/search/change-list.tsx";
import { ReleaseTable } from "#features/search/release-table.tsx";
import { failureOf } from "#server/pages/failure.ts";
import { organizationPage, orNotFound, requestTime } from "#server/pages/page-context.ts";
import { decodePathSegment } from "#server/pages/search-params.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Chip } from "#ui/chip.tsx";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/headings.tsx";
import classes from "#features/contributors/contributor-details.module.css";

type PersonProps = { readonly params: Promise<{ readonly organization: string; readonly email: string }> };

const readContributor = cache(async (slug: string, email: string) => {
  const { call, organization } = await organizationPage(slug);
  try {
    return await orNotFound(call.people.get({ organization, email: decodePathSegment(email) }));
  } catch (error) {
    // Longer than an email address can be.
    if (failureOf(error).code === "invalid") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PersonProps): Promise<Metadata> {
  const { organization, email } = await params;
  const person = await readContributor(organization, email);
  return { title: person.name ?? person.email };
}

/** A contributor: email addresses, activity per week, and last commits, releases, and deploys. */
export default async function Contributor({ params }: PersonProps) {
  const path = await params;
  const { organization, can, to } = await organizationPage(path.organization);
  const { name, email, emails, isBot, member, commits, releases, deploys, weeks } = await readContributor(path.organization, path.email);
  const displayName = name ?? email;
  const now = requestTime();
  return (
    <>
      <PageHeader
        title={
          <span className={classes["title"]}>
            <Avatar name={name} email={email} isBot={isBot} />
            {displayName}
            {isBot && <Chip>Bot</Chip>}
          </span>
        }
        facts={
          member
            ? `Member (${member.role})${member.teams.length > 0 ? `, in ${member.teams.join(", ")}` : ""}`
            : "Not a member of the organization"
        }
      />
      <ContributorEmails organization={organization} emails={emails} maySeparate={can(...CONTRIBUTORS_WRITE)} />
      <section aria-labelledby="activity">
        <h2 id="activity">Commits and deploys per week</h2>
        <Cadence weeks={weeks} series={["commits", "deploys"]} />
      </section>
      <section aria-labelledby="commits">
        <h2 id="commits">Last commits</h2>
        {commits.length === 0 ? <EmptyState title={`No commits by ${displayName}`} /> : <ChangeList to={to} commits={commits} now={now} />}
      </section>
      <section aria-labelledby="releases">
        <h2 id="releases">Releases with their commits</h2>
        <ReleaseTable to={to} releases={releases} empty={<EmptyState title={`No releases with commits by ${displayName}`} />} />
      </section>
      <section aria-labelledby="deploys">
        <h2 id="deploys">Last deploys</h2>
        <ContributorDeploys
          to={to}
          deploys={deploys}
          empty={
            <EmptyState title={`No deploys by ${displayName}`}>
              <p>Deploys are attributed to the owner of the personal token they are reported with:</p>
              <CommandLine command="sentry-cli deploys new --release <version> -e production" />
            </EmptyState>
          }
        />
      </section>
    </>
  );
}
