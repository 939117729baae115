import { currentReleaseUrl } from "#features/release/release-page.ts";
import { findSimilarVersions } from "#features/releases/similar-versions.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";

/** The answer to the address of a release that is not there, with those it may have been meant for. */
export default async function ReleaseNotFound() {
  const { organization, version } = await currentReleaseUrl();
  const { call, to, organization: slug } = await organizationPage(organization);
  const near = await findSimilarVersions(version, async (query) => {
    const { items } = await call.releases.list({ organization: slug, query, status: "", project: "-1", per_page: 10 });
    return items.map((release) => release.version);
  });
  return (
    <>
      <PageHeader title="There is no such release" />
      <p>
        No release is called <code>{version}</code>, or it is in projects of a team you are not in. Versions are told apart by capital and
        small letters and by blanks.
      </p>
      {near.length > 0 && (
        <>
          <h2>Did you mean one of these?</h2>
          <ul>
            {near.map((other) => (
              <li key={other}>
                <PageLink href={to.release(other)}>{other}</PageLink>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <PageLink href={to.search({ q: version })}>Search for it</PageLink>, or see <PageLink href={to.releases()}>all releases</PageLink>.
      </p>
    </>
  );
}
