/** The escaped URL segments of the pages of an organization. */
export type Facts = {
  readonly version: string;
  readonly before: string;
  readonly project: string;
  readonly email: string;
  readonly sha: string;
  readonly team: string;
};

/** A path for each route below an organization, by the folder of its `page.tsx`. */
export const ORGANIZATION_PAGES: Readonly<Record<string, (facts: Facts) => string>> = {
  ".": () => "",
  board: () => "/board",
  "commits/[sha]": ({ sha }) => `/commits/${sha}`,
  compare: ({ version, before }) => `/compare?base=${before}&head=${version}`,
  deploys: () => "/deploys",
  environments: () => "/environments",
  "environments/[environment]": () => "/environments/production",
  people: () => "/people",
  "people/[email]": ({ email }) => `/people/${email}`,
  "people/mailmap": () => "/people/mailmap",
  projects: () => "/projects",
  "projects/[project]": ({ project }) => `/projects/${project}`,
  "projects/[project]/artifacts": ({ project }) => `/projects/${project}/artifacts`,
  releases: () => "/releases",
  ...Object.fromEntries(
    ["", "/activity", "/artifacts", "/commits", "/deploys", "/files", "/json", "/notes", "/people"].map((tab) => [
      `releases/[version]${tab}`,
      ({ version }: Facts) => `/releases/${version}${tab}`,
    ]),
  ),
  search: () => "/search?q=fix",
  stack: () => "/stack",
  ...Object.fromEntries(
    ["", "/about", "/audit", "/environments", "/members", "/projects", "/repositories", "/storage", "/teams", "/tokens"].map((page) => [
      `settings${page}`,
      () => `/settings${page}`,
    ]),
  ),
  "settings/teams/[team]": ({ team }) => `/settings/teams/${team}`,
};
