import { headers } from "next/headers";
import { organizationPage } from "#server/pages/page-context.ts";
import { decodePathSegment } from "#server/pages/search-params.ts";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";

/** How many environments are named. */
const ENVIRONMENT_LIMIT = 50;

/** The answer to the address of an environment that is not there, with those there are. */
export default async function EnvironmentNotFound() {
  const path = new URL((await headers()).get("x-page") ?? "/", "http://landfall.invalid").pathname;
  const [, , organization = "", , escaped = ""] = path.split("/");
  const { call, to, organization: slug } = await organizationPage(organization);
  const { items } = await call.environments.list({ organization: slug, visibility: "all", per_page: ENVIRONMENT_LIMIT });
  return (
    <>
      <PageHeader title="There is no such environment" />
      <p>
        Nothing was ever deployed to <code>{decodePathSegment(escaped)}</code>, or only by projects of teams you are not in. An environment
        comes with the first deploy to it; its name is told apart by capital and small letters.
      </p>
      {items.length > 0 && (
        <>
          <h2>These are there</h2>
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
