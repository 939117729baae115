/** A query of an address; what is undefined, null or empty is left out, lists repeat their name. */
export type AddressQuery = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** `?a=1&a=2`, or nothing. */
export function queryOf(query: AddressQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === "string" ? [value] : (value ?? [])) if (one !== "") params.append(name, one);
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** The addresses of an organization's pages; every part is escaped, since versions and names may have any characters. */
export function addresses(organization: string) {
  const below = (...parts: readonly string[]) => ["/organizations", ...[organization, ...parts].map(encodeURIComponent)].join("/");
  return {
    home: below(),
    releases: (query: AddressQuery = {}) => below("releases") + queryOf(query),
    release: (version: string, tab?: string, query: AddressQuery = {}) =>
      below("releases", version, ...(tab ? [tab] : [])) + queryOf(query),
    compare: (query: AddressQuery = {}) => below("compare") + queryOf(query),
    board: (query: AddressQuery = {}) => below("board") + queryOf(query),
    deploys: (query: AddressQuery = {}) => below("deploys") + queryOf(query),
    environment: (name: string, query: AddressQuery = {}) => below("environments", name) + queryOf(query),
    search: (query: AddressQuery = {}) => below("search") + queryOf(query),
    /** `repository` where the hash alone may be of several. */
    commit: (sha: string, query: AddressQuery = {}) => below("commits", sha) + queryOf(query),
    people: (query: AddressQuery = {}) => below("people") + queryOf(query),
    importMailmap: below("people", "mailmap"),
    person: (email: string) => below("people", email),
    projects: (query: AddressQuery = {}) => below("projects") + queryOf(query),
    project: (slug: string) => below("projects", slug),
    artifacts: (project: string, query: AddressQuery = {}) => below("projects", project, "artifacts") + queryOf(query),
    /** Where the project is chosen whose artifacts a stack trace is resolved with. */
    stack: below("stack"),
    settings: (...parts: readonly string[]) => below("settings", ...parts),
  };
}

export type Addresses = ReturnType<typeof addresses>;
