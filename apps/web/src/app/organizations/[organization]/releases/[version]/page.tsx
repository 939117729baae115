import { formatRelease } from "@landfall/domain/versions/release-name";
import type { Metadata } from "next";
import { CommitList } from "#features/commits/commit-list.tsx";
import { readLinksOfCommits } from "#features/commits/links-of-commits.ts";
import { ContributorShares } from "#features/contributors/contributor-shares.tsx";
import { DeployTable } from "#features/release/deploy-table.tsx";
import { NotesExcerpt } from "#features/release/notes-excerpt.tsx";
import { releasePage } from "#features/release/release-page.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import classes from "./page.module.css";

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: formatRelease(release.version) };
}

/** How many of each the overview shows. */
const LIMITS = { commits: 10, people: 6, environments: 6, projects: 30 };

/** The overview of a release: the first entries of each tab. */
export default async function Overview() {
  const { call, organization, release, to } = await releasePage();
  const { version, commitCount, deployCount, projects, environments, notes, notesHtml } = release;
  const [commits, authors] = await Promise.all([
    call.commits.ofRelease({ organization, version, per_page: LIMITS.commits }),
    call.commits.authors({ organization, version }),
  ]);
  const links = await readLinksOfCommits(call, organization, commits.items);
  const shown = authors.items.toSorted((a, b) => Number(a.person.isBot) - Number(b.person.isBot)).slice(0, LIMITS.people);
  return (
    <div className={classes["overview"]}>
      <div>
        {notes && <NotesExcerpt markdown={notes} html={notesHtml} href={to.release(version, "notes")} />}
        <section aria-labelledby="commits">
          <h2 id="commits">Newest commits</h2>
          {commits.items.length === 0 ? (
            <EmptyState title="No commits reported for this release">
              <p>
                <PageLink href={to.release(version, "commits")}>How to add commits</PageLink>
              </p>
            </EmptyState>
          ) : (
            <CommitList to={to} commits={commits.items} links={links} />
          )}
          {commitCount > commits.items.length && (
            <PageLink href={to.release(version, "commits")} className={classes["all"]}>
              All {commitCount.toLocaleString("en")} commits
            </PageLink>
          )}
        </section>
      </div>
      <div>
        <section aria-labelledby="deploys">
          <h2 id="deploys">Last deploys</h2>
          <DeployTable
            to={to}
            deploys={environments.slice(0, LIMITS.environments).map(({ deploy }) => deploy)}
            isShort
            empty={
              <EmptyState title="Not deployed yet">
                <p>
                  <PageLink href={to.release(version, "deploys")}>How to report a deploy</PageLink>
                </p>
              </EmptyState>
            }
          />
          {deployCount > Math.min(environments.length, LIMITS.environments) && (
            <PageLink href={to.release(version, "deploys")} className={classes["all"]}>
              All {deployCount.toLocaleString("en")} deploys
            </PageLink>
          )}
        </section>
        {shown.length > 0 && (
          <section aria-labelledby="people">
            <h2 id="people">Contributors</h2>
            <ContributorShares to={to} shares={shown} of={commitCount} label="Contributors with the most commits" />
            {authors.total > shown.length && (
              <PageLink href={to.release(version, "people")} className={classes["all"]}>
                All {authors.total.toLocaleString("en")} contributors
              </PageLink>
            )}
          </section>
        )}
        <section aria-labelledby="projects">
          <h2 id="projects">Projects</h2>
          <ul className={classes["projects"]}>
            {projects.slice(0, LIMITS.projects).map(({ slug, name }) => (
              <li key={slug}>
                <PageLink href={to.project(slug)} title={name}>
                  {slug}
                </PageLink>
              </li>
            ))}
            {projects.length > LIMITS.projects && <li className="soft">and {projects.length - LIMITS.projects} more</li>}
          </ul>
        </section>
      </div>
    </div>
  );
}
