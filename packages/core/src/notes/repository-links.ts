/** Where the commits and requests of a repository are to be looked at. Each answers an address, or null where there is none. */
export interface RepositoryLinks {
  commit(sha: string): string | null;
  reference(text: string): string | null;
}

type Host = { readonly commit: string; readonly issue: string; readonly request: string; readonly hasGh: boolean };

const GITHUB: Host = { commit: "/commit/", issue: "/issues/", request: "/pull/", hasGh: true };
const GITLAB: Host = { commit: "/-/commit/", issue: "/-/issues/", request: "/-/merge_requests/", hasGh: false };
const BITBUCKET: Host = { commit: "/commits/", issue: "/pull-requests/", request: "/pull-requests/", hasGh: false };

/** Told by the name of the host: most people run their own under such a name. */
const HOSTS: readonly (readonly [RegExp, Host])[] = [
  [/(?:^|[.-])(?:github|gitea|forgejo|codeberg)(?:[.-]|$)/, GITHUB],
  [/(?:^|[.-])gitlab(?:[.-]|$)/, GITLAB],
  [/(?:^|[.-])bitbucket(?:[.-]|$)/, BITBUCKET],
];

const NONE: RepositoryLinks = { commit: () => null, reference: () => null };
const PATH = /^(?:\/[\w.~-]+){2,}$/;

/** The links of a repository at an http(s) address on a known host; without those, none. */
export function repositoryLinks(url: string | null): RepositoryLinks {
  const at = url !== null && URL.canParse(url) ? new URL(url) : null;
  const host = at && HOSTS.find(([name]) => name.test(at.hostname))?.[1];
  const path = at?.pathname.replace(/\/+$/, "").replace(/\.git$/, "") ?? "";
  if (!at || !host || !/^https?:$/.test(at.protocol) || !PATH.test(path)) return NONE;
  return {
    commit: (sha) => (/^[\da-f]{7,64}$/i.test(sha) ? `${at.origin}${path}${host.commit}${sha}` : null),
    reference: (text) => referenceAt(at.origin, path, host, text),
  };
}

function referenceAt(origin: string, path: string, host: Host, text: string): string | null {
  const { other, mark, number, gh } = /^(?:(?<other>[\w./-]*)(?<mark>[#!])(?<number>\d+)|GH-(?<gh>\d+))$/.exec(text)?.groups ?? {};
  if (gh !== undefined) return host.hasGh ? `${origin}${path}${host.issue}${gh}` : null;
  if (number === undefined) return null;
  const place = other ? `/${other}` : path;
  return PATH.test(place) ? `${origin}${place}${mark === "!" ? host.request : host.issue}${number}` : null;
}
