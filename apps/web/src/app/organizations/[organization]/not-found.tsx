import type { Metadata } from "next";
import { organizationPage, requestedUrl } from "#server/pages/page-context.ts";
import { parsePath } from "#server/pages/search-params.ts";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";

export const metadata: Metadata = { title: "Not found" };

/** Shown for URLs of an organization that do not exist or that the viewer may not see. Names what was not found. */
export default async function OrganizationPageNotFound() {
  const { segments } = parsePath((await requestedUrl()) ?? "/");
  const [, organization = "", ...below] = segments;
  const { to } = await organizationPage(encodeURIComponent(organization));
  const { kind, name, list } = missing(below, to);
  return (
    <>
      <PageHeader title={`${kind} not found`} />
      <p>
        <code>{name}</code> does not exist, or you do not have access to it.
      </p>
      <p>
        <PageLink href={to.search({ q: name })}>Search for it</PageLink> or see <PageLink href={list.href}>{list.label}</PageLink>.
      </p>
    </>
  );
}

type Missing = {
  readonly kind: string;
  readonly name: string;
  readonly list: { readonly href: string; readonly label: string };
};

/** Describes what the path below an organization names. */
function missing(below: readonly string[], to: OrganizationUrls): Missing {
  const path = below.join("/");
  const [, project] = /^projects\/([^/]+)(?:\/artifacts)?$/.exec(path) ?? [];
  if (project) return { kind: "Project", name: project, list: { href: to.projects(), label: "all projects" } };
  const [, contributor] = /^people\/([^/]+)$/.exec(path) ?? [];
  if (contributor) return { kind: "Contributor", name: contributor, list: { href: to.people(), label: "all contributors" } };
  const [, commit] = /^commits\/([^/]+)$/.exec(path) ?? [];
  if (commit) return { kind: "Commit", name: commit, list: { href: to.releases(), label: "all releases" } };
  const [, team] = /^settings\/teams\/([^/]+)$/.exec(path) ?? [];
  if (team) return { kind: "Team", name: team, list: { href: to.settings("teams"), label: "all teams" } };
  return { kind: "Page", name: `/${path}`, list: { href: to.home, label: "Home" } };
}
