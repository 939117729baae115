import type { LinkHost, LinkSourceView } from "@landfall/schema/releases/repositories";

/** The names of the hosts for people. */
export const LINK_HOST_NAMES: Readonly<Record<LinkHost, string>> = {
  github: "GitHub",
  gitlab: "GitLab",
  bitbucket: "Bitbucket Cloud",
  "bitbucket-server": "Bitbucket Data Center",
  gitea: "Gitea or Forgejo",
  azure: "Azure DevOps",
};

/** What a template can link, with the placeholders that it must contain, and one that it may contain. */
export const TEMPLATE_PLACEHOLDERS = {
  commit: { required: ["sha"], optional: ["path"] },
  request: { required: ["number"], optional: ["path"] },
  issue: { required: ["number"], optional: ["path"] },
  file: { required: ["file", "sha"], optional: ["path"] },
  compare: { required: ["from", "to"], optional: ["path"] },
  ticket: { required: ["ticket"], optional: [] },
} as const satisfies Readonly<Record<string, { readonly required: readonly string[]; readonly optional: readonly string[] }>>;

export type TemplateKind = keyof typeof TEMPLATE_PLACEHOLDERS;

/** The web links of a repository. Each method returns a URL, or null if there is none. */
export interface RepositoryLinks {
  commit(sha: string): string | null;
  /** A pull request, merge request, issue, or ticket: "#12", "!12", "acme/api#7", "GH-1", "PROJ-12". */
  reference(text: string): string | null;
  /** A file at a commit. */
  file(path: string, sha: string): string | null;
  compare(from: string, to: string): string | null;
}

type Forms = Readonly<Record<"commit" | "request" | "issue" | "file" | "compare", string>> & { readonly hasGh?: boolean };

/** `{base}` is the URL of the repository; `{project}` that of the Azure DevOps project. */
const FORMS: Readonly<Record<LinkHost, Forms>> = {
  github: {
    commit: "{base}/commit/{sha}",
    request: "{base}/pull/{number}",
    issue: "{base}/issues/{number}",
    file: "{base}/blob/{sha}/{file}",
    compare: "{base}/compare/{from}...{to}",
    hasGh: true,
  },
  gitlab: {
    commit: "{base}/-/commit/{sha}",
    request: "{base}/-/merge_requests/{number}",
    issue: "{base}/-/issues/{number}",
    file: "{base}/-/blob/{sha}/{file}",
    compare: "{base}/-/compare/{from}...{to}",
  },
  bitbucket: {
    commit: "{base}/commits/{sha}",
    request: "{base}/pull-requests/{number}",
    issue: "{base}/pull-requests/{number}",
    file: "{base}/src/{sha}/{file}",
    compare: "{base}/branches/compare/{to}%0D{from}",
  },
  "bitbucket-server": {
    commit: "{base}/commits/{sha}",
    request: "{base}/pull-requests/{number}",
    issue: "{base}/pull-requests/{number}",
    file: "{base}/browse/{file}?at={sha}",
    compare: "{base}/compare/diff?targetBranch={from}&sourceBranch={to}",
  },
  gitea: {
    commit: "{base}/commit/{sha}",
    request: "{base}/pulls/{number}",
    issue: "{base}/issues/{number}",
    file: "{base}/src/commit/{sha}/{file}",
    compare: "{base}/compare/{from}...{to}",
    hasGh: true,
  },
  azure: {
    commit: "{base}/commit/{sha}",
    request: "{base}/pullrequest/{number}",
    issue: "{project}/_workitems/edit/{number}",
    file: "{base}?path=/{file}&version=GC{sha}",
    compare: "{base}/branchCompare?baseVersion=GC{from}&targetVersion=GC{to}",
  },
};

/** Self-hosted servers usually have the product in their host name. */
const HOST_NAMES: readonly (readonly [RegExp, LinkHost])[] = [
  [/(?:^|[.-])github(?:[.-]|$)/, "github"],
  [/(?:^|[.-])gitlab(?:[.-]|$)/, "gitlab"],
  [/^bitbucket\.org$/, "bitbucket"],
  [/(?:^|[.-])bitbucket(?:[.-]|$)/, "bitbucket-server"],
  [/(?:^|[.-])(?:gitea|forgejo|codeberg)(?:[.-]|$)/, "gitea"],
  [/^dev\.azure\.com$|\.visualstudio\.com$/, "azure"],
];

type ParsedUrl = { readonly origin: string; readonly path: string };

const PATH = /^(?:\/(?:[\w.~-]|%[\da-f]{2})+){2,}$/i;

/** Returns the origin and path of the web page of a repository; null for a URL that names none. */
function parseRepositoryUrl(url: string | null): ParsedUrl | null {
  const parsed = url !== null && URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return null;
  const path = parsed.pathname.replace(/\/+$/, "").replace(/\.git$/, "");
  return PATH.test(path) ? { origin: parsed.origin, path: serverPath(path) } : null;
}

/** Bitbucket Data Center clones from `/scm/PROJ/web`, and shows the repository at `/projects/PROJ/repos/web`. */
function serverPath(path: string): string {
  const [, before = "", project = "", name = ""] = /^(.*)\/scm\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (name === "") return path;
  return project.startsWith("~") ? `${before}/users/${project.slice(1)}/repos/${name}` : `${before}/projects/${project}/repos/${name}`;
}

/** Returns the product that serves a repository, from its URL; null if the URL shows none. */
export function detectHost(url: string | null): LinkHost | null {
  const parsed = parseRepositoryUrl(url);
  if (!parsed) return null;
  const { hostname } = new URL(parsed.origin);
  const known = HOST_NAMES.find(([name]) => name.test(hostname))?.[1];
  if (known) return known;
  if (/\/(?:projects|users)\/[^/]+\/repos\/[^/]+$/.test(parsed.path)) return "bitbucket-server";
  return parsed.path.includes("/_git/") ? "azure" : null;
}

const SHA = /^[\da-f]{7,64}$/i;
const TICKET = /^[A-Z][A-Z0-9_]*-\d+$/;

/**
 * Returns the links of a repository: those of its templates, else those of the product that serves it. URLs consist of characters that
 * Markdown does not interpret in the target of a link.
 */
export function repositoryLinks({ name, url, links, ticketUrl }: LinkSourceView): RepositoryLinks {
  const parsed = parseRepositoryUrl(url);
  const host = links?.host ?? detectHost(url);
  const ownPath = parsed?.path ?? (PATH.test(`/${name}`) ? `/${name}` : null);
  const formOf = (kind: Exclude<TemplateKind, "ticket">) => links?.templates?.[kind] ?? (host && parsed ? FORMS[host][kind] : undefined);

  /** Fills in a form for the repository at a path of the same host. */
  function fill(kind: Exclude<TemplateKind, "ticket">, values: Readonly<Record<string, string>>, path: string | null): string | null {
    const form = formOf(kind);
    if (form === undefined || (path !== ownPath && !/\{(?:path|base|project)\}/.test(form))) return null;
    const base = parsed && path !== null ? `${parsed.origin}${path}` : undefined;
    const project = base?.replace(/\/_git\/[^/]+$/, "");
    return fillTemplate(form, { ...values, base, project, path: path?.slice(1) });
  }

  function reference(text: string): string | null {
    if (TICKET.test(text) && !text.startsWith("GH-")) return ticketUrl === null ? null : fillTemplate(ticketUrl, { ticket: text });
    const { other, mark, number, gh } = /^(?:(?<other>[\w./-]*)(?<mark>[#!])(?<number>\d+)|GH-(?<gh>\d+))$/.exec(text)?.groups ?? {};
    const isGhKnown = links?.templates?.issue !== undefined || (host !== null && FORMS[host].hasGh === true);
    if (gh !== undefined) return isGhKnown ? fill("issue", { number: gh }, ownPath) : null;
    if (number === undefined) return null;
    const path = other ? `/${other}` : ownPath;
    if (other && !PATH.test(`/${other}`)) return null;
    return fill(mark === "!" ? "request" : "issue", { number }, path);
  }

  return {
    commit: (sha) => (SHA.test(sha) ? fill("commit", { sha }, ownPath) : null),
    reference,
    file: (path, sha) => (SHA.test(sha) && path !== "" ? fill("file", { file: encodePath(path), sha }, ownPath) : null),
    compare: (from, to) => (SHA.test(from) && SHA.test(to) ? fill("compare", { from, to }, ownPath) : null),
  };
}

const PLACEHOLDER = /\{([a-z]*)\}/g;

/** Replaces the placeholders of a template. Null if one has no value. */
function fillTemplate(template: string, values: Readonly<Record<string, string | undefined>>): string | null {
  const isComplete = [...template.matchAll(PLACEHOLDER)].every(([, name = ""]) => values[name] !== undefined);
  return isComplete ? template.replaceAll(PLACEHOLDER, (_, name: string) => values[name] ?? "") : null;
}

/** Encodes the parts of a path so that neither a URL nor Markdown interprets a character. */
const encodePath = (path: string): string =>
  (path.isWellFormed() ? path : path.toWellFormed())
    .split("/")
    .map((part) => encodeURIComponent(part).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`))
    .join("/");

/** Scheme, host and port without credentials, and a path, query, and fragment of characters that Markdown and HTML do not interpret. */
const TEMPLATE_URL = /^https?:\/\/[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::\d{1,5})?\/[\w.~:/?#@!$&+,;=%-]*$/i;

/** Returns what is wrong with a link template, as a sentence; null if it can be used. */
export function templateProblem(kind: TemplateKind, template: string): string | null {
  const { required, optional } = TEMPLATE_PLACEHOLDERS[kind];
  const known: readonly string[] = [...required, ...optional];
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return `Unknown placeholder {${unknown}}. Known placeholders: ${listPlaceholders(known)}.`;
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) return `The template must contain ${listPlaceholders(missing)}.`;
  if (!/^https?:\/\//i.test(template)) return "The template must begin with https:// or http://.";
  const sample = template.replaceAll(PLACEHOLDER, "x");
  const isHostFixed = !/^https?:\/\/[^/]*\{/i.test(template);
  if (!isHostFixed) return "A placeholder cannot be part of the host name.";
  if (!TEMPLATE_URL.test(sample) || !URL.canParse(sample)) {
    return "The template must be a URL with a host name, without spaces, quotes, parentheses, and credentials.";
  }
  return null;
}

const listPlaceholders = (names: readonly string[]): string => names.map((name) => `{${name}}`).join(", ");

/**
 * Returns the web URL of a repository from the URL of a git remote or from what a person typed: `https://git.example.com/acme/web` for
 * `git@git.example.com:acme/web.git`. Credentials, query, fragment, and `.git` are removed; http stays http. Null for local paths, and for
 * anything else that names no host.
 */
export function repositoryWebUrl(remote: string): string | null {
  const text = remote.trim();
  const [, sshHost, sshPath = ""] =
    /^(?:ssh|git\+ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/+(.+)$/i.exec(text) ?? /^[^/@:]+@([^/:]+):(?!\/\/)\/*(.+)$/.exec(text) ?? [];
  const url = sshHost === undefined ? text : sshWebUrl(sshHost.toLowerCase(), sshPath);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  const path = pathname.replace(/\/+$/, "").replace(/\.git$/, "");
  if (!/^[\w.:[\]-]+$/.test(host) || !/^(?:\/(?:[\w.~-]|%[\da-f]{2})+)*$/i.test(path)) return null;
  return `${protocol}//${host}${path}`;
}

/** SSH hosts and paths differ from those of the web pages for Azure DevOps only. */
function sshWebUrl(host: string, path: string): string {
  const [, organization = "", project = "", name = ""] = /^v3\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (name !== "" && host === "ssh.dev.azure.com") return `https://dev.azure.com/${organization}/${project}/_git/${name}`;
  if (name !== "" && host === "vs-ssh.visualstudio.com") return `https://${organization}.visualstudio.com/${project}/_git/${name}`;
  return `https://${host}/${path}`;
}
