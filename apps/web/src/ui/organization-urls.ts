/** Query parameters. Undefined, null and empty values are left out; a list becomes several parameters. */
export type UrlQuery = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** Returns `?a=1&a=2`, or an empty string without parameters. */
export function queryString(query: UrlQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === "string" ? [value] : (value ?? [])) if (one !== "") params.append(name, one);
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** Returns the URLs of an organization's pages. Every segment is escaped, since versions and names may have any characters. */
export function organizationUrls(organization: string) {
  const below = (...parts: readonly string[]) => ["/organizations", ...[organization, ...parts].map(encodeURIComponent)].join("/");
  return {
    home: below(),
    releases: (query: UrlQuery = {}) => below("releases") + queryString(query),
    release: (version: string, tab?: string, query: UrlQuery = {}) =>
      below("releases", version, ...(tab ? [tab] : [])) + queryString(query),
    compare: (query: UrlQuery = {}) => below("compare") + queryString(query),
    board: (query: UrlQuery = {}) => below("board") + queryString(query),
    deploys: (query: UrlQuery = {}) => below("deploys") + queryString(query),
    environments: below("environments"),
    environment: (name: string, query: UrlQuery = {}) => below("environments", name) + queryString(query),
    search: (query: UrlQuery = {}) => below("search") + queryString(query),
    /** The query may have `repository`, since several may have the same hash. */
    commit: (sha: string, query: UrlQuery = {}) => below("commits", sha) + queryString(query),
    people: (query: UrlQuery = {}) => below("people") + queryString(query),
    importMailmap: below("people", "mailmap"),
    person: (email: string) => below("people", email),
    projects: (query: UrlQuery = {}) => below("projects") + queryString(query),
    project: (slug: string) => below("projects", slug),
    artifacts: (project: string, query: UrlQuery = {}) => below("projects", project, "artifacts") + queryString(query),
    /** The page to choose the project for resolving a stack trace. */
    stack: below("stack"),
    settings: (...parts: readonly string[]) => below("settings", ...parts),
  };
}

export type OrganizationUrls = ReturnType<typeof organizationUrls>;
