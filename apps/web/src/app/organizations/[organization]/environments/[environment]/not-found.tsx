import { organizationPage, requestedUrl } from "#server/pages/page-context.ts";
import { parsePath } from "#server/pages/search-params.ts";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";

const ENVIRONMENT_LIMIT = 50;

/** Shown for an environment that does not exist, with the existing ones. */
export default async function EnvironmentNotFound() {
  const [, organization = "", , environment = ""] = parsePath((await requestedUrl()) ?? "/").segments;
  const { call, to, organization: slug } = await organizationPage(organization);
  const { items } = await call.environments.list({ organization: slug, visibility: "all", per_page: ENVIRONMENT_LIMIT });
  return (
    <>
      <PageHeader title="Environment not found" />
      <p>
        Nothing has been deployed to <code>{environment}</code>, or you do not have access to its projects. The first deploy to an
        environment creates it. Names are case-sensitive.
      </p>
      {items.length > 0 && (
        <>
          <h2>Environments</h2>
          <ul>
            {items.map(({ name }) => (
              <li key={name}>
                <PageLink href={to.environment(name)}>{name}</PageLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
