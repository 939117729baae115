import { currentReleaseUrl } from "#features/release/release-page.ts";
import { findSimilarVersions } from "#features/releases/similar-versions.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";

/** Shown for a release that does not exist, with similar versions. */
export default async function ReleaseNotFound() {
  const { organization, version } = await currentReleaseUrl();
  const { call, to, organization: slug } = await organizationPage(organization);
  const similar = await findSimilarVersions(version, async (query) => {
    const { items } = await call.releases.list({ organization: slug, query, status: "", project: "-1", per_page: 10 });
    return items.map((release) => release.version);
  });
  return (
    <>
      <PageHeader title="Release not found" />
      <p>
        No release is named <code>{version}</code>, or you do not have access to its projects. Versions are case-sensitive, and spaces
        count.
      </p>
      {similar.length > 0 && (
        <>
          <h2>Did you mean one of these?</h2>
          <ul>
            {similar.map((other) => (
              <li key={other}>
                <PageLink href={to.release(other)}>{other}</PageLink>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <PageLink href={to.search({ q: version })}>Search for it</PageLink> or see <PageLink href={to.releases()}>all releases</PageLink>.
      </p>
    </>
  );
}
