import type { LinkHost, LinkSettings } from "@landfall/schema/releases/repositories";
import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { detectHost, repositoryLinks, repositoryWebUrl, templateProblem } from "./repository-links.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const OLD = "89abcdef0123456789abcdef0123456789abcdef";

const linksOf = (url: string | null, links: LinkSettings | null = null, ticketUrl: string | null = null, name = "origin") =>
  repositoryLinks({ name, url, links, ticketUrl });

/** The links of commit, file, and comparison, then those of the references. */
const linksAt = (url: string | null, ...references: string[]) => {
  const links = linksOf(url);
  return [links.commit(SHA), links.file("src/a b.ts", SHA), links.compare(OLD, SHA), ...references.map(links.reference)];
};

describe("the links of known hosts", () => {
  const github = "https://github.com/acme/web";
  const gitlab = "https://gitlab.acme.test/group/sub/web";
  const cloud = "https://bitbucket.org/acme/web";
  const server = "https://bitbucket.acme.test/projects/SHOP/repos/web";
  const gitea = "https://codeberg.org/acme/web";
  const azure = "https://dev.azure.com/acme/Shop%20Web/_git/web";

  it.each<[string, string, readonly string[], readonly (string | null)[]]>([
    [
      "GitHub",
      `${github}.git`,
      ["#12", "!12", "GH-3", "other/api#4", "PROJ-1"],
      [
        `${github}/commit/${SHA}`,
        `${github}/blob/${SHA}/src/a%20b.ts`,
        `${github}/compare/${OLD}...${SHA}`,
        `${github}/issues/12`,
        `${github}/pull/12`,
        `${github}/issues/3`,
        "https://github.com/other/api/issues/4",
        null,
      ],
    ],
    [
      "GitLab with nested groups",
      gitlab,
      ["#12", "!13", "GH-3", "group/api!4"],
      [
        `${gitlab}/-/commit/${SHA}`,
        `${gitlab}/-/blob/${SHA}/src/a%20b.ts`,
        `${gitlab}/-/compare/${OLD}...${SHA}`,
        `${gitlab}/-/issues/12`,
        `${gitlab}/-/merge_requests/13`,
        null,
        "https://gitlab.acme.test/group/api/-/merge_requests/4",
      ],
    ],
    [
      "Bitbucket Cloud",
      cloud,
      ["#12"],
      [
        `${cloud}/commits/${SHA}`,
        `${cloud}/src/${SHA}/src/a%20b.ts`,
        `${cloud}/branches/compare/${SHA}%0D${OLD}`,
        `${cloud}/pull-requests/12`,
      ],
    ],
    [
      "Bitbucket Data Center, from the URL for clones",
      "https://bitbucket.acme.test/scm/SHOP/web.git",
      ["#12"],
      [
        `${server}/commits/${SHA}`,
        `${server}/browse/src/a%20b.ts?at=${SHA}`,
        `${server}/compare/diff?targetBranch=${OLD}&sourceBranch=${SHA}`,
        `${server}/pull-requests/12`,
      ],
    ],
    [
      "Gitea and Forgejo",
      gitea,
      ["#12", "!12", "GH-3"],
      [
        `${gitea}/commit/${SHA}`,
        `${gitea}/src/commit/${SHA}/src/a%20b.ts`,
        `${gitea}/compare/${OLD}...${SHA}`,
        `${gitea}/issues/12`,
        `${gitea}/pulls/12`,
        `${gitea}/issues/3`,
      ],
    ],
    [
      "Azure DevOps",
      azure,
      ["#12", "!12"],
      [
        `${azure}/commit/${SHA}`,
        `${azure}?path=/src/a%20b.ts&version=GC${SHA}`,
        `${azure}/branchCompare?baseVersion=GC${OLD}&targetVersion=GC${SHA}`,
        "https://dev.azure.com/acme/Shop%20Web/_workitems/edit/12",
        `${azure}/pullrequest/12`,
      ],
    ],
  ])("%s", (_, url, references, expected) => expect(linksAt(url, ...references)).toEqual(expected));

  it.each([
    null,
    "",
    "acme/web",
    "git@github.com:acme/web.git",
    "ssh://git@github.com/acme/web",
    "javascript://github.com/acme/web",
    "https://git.acme.test/acme/web",
    "https://notgithubber.test/acme/web",
    "https://github.com/acme",
    "https://github.com/acme/we)b",
    "https://github.com/acme/web](x)/y",
    "https://github.com//acme",
  ])("are all null at %j", (url) =>
    expect(linksAt(url, "#12", "!1", "GH-1", "a/b#2", "PROJ-1").filter((link) => link !== null)).toEqual([]),
  );

  it("omit the password, query string, and fragment", () => {
    const links = linksOf("https://ada:secret@github.com/acme/web?token=x#y");
    expect([links.commit(SHA), links.reference("#1")]).toEqual([`${github}/commit/${SHA}`, `${github}/issues/1`]);
  });

  it("exist for hashes only", () => {
    const { commit, file, compare } = linksOf(github);
    expect(["abc", "abcdefg", "../..", "abcdef01)"].map(commit)).toEqual([null, null, null, null]);
    expect([file("a.ts", "main"), file("", SHA), compare("main", SHA), compare(SHA, "main")]).toEqual([null, null, null, null]);
    expect(commit("abcdef0")).toBe(`${github}/commit/abcdef0`);
  });

  it.each<[string | null, LinkHost | null]>([
    [github, "github"],
    ["http://git.github.acme.test:8080/acme/web/", "github"],
    [gitlab, "gitlab"],
    [cloud, "bitbucket"],
    ["https://bitbucket.acme.test/acme/web", "bitbucket-server"],
    ["https://code.acme.test/scm/~ada/web.git", "bitbucket-server"],
    ["https://forgejo.acme.test/acme/web", "gitea"],
    [azure, "azure"],
    ["https://acme.visualstudio.com/Shop/_git/web", "azure"],
    ["https://tfs.acme.test/acme/Shop/_git/web", "azure"],
    ["https://git.acme.test/acme/web", null],
    [null, null],
  ])("detectHost(%j) is %j", (url, host) => expect(detectHost(url)).toBe(host));
});

describe("the links that a person configured", () => {
  it("use the forms of the chosen product", () => {
    expect(linksOf("https://git.acme.test/acme/web", { host: "gitlab" }).commit(SHA)).toBe(
      `https://git.acme.test/acme/web/-/commit/${SHA}`,
    );
    expect(linksOf(null, { host: "gitlab" }).commit(SHA)).toBeNull();
  });

  const templates = {
    commit: "https://code.acme.test/{path}?h={sha}",
    request: "https://review.acme.test/{number}",
    file: "https://code.acme.test/{path}/tree/{file}#{sha}",
  };

  it("use templates before the forms of the product", () => {
    const links = linksOf("https://github.com/acme/web", { templates });
    expect(links.commit(SHA)).toBe(`https://code.acme.test/acme/web?h=${SHA}`);
    expect(links.file("src/a(1).ts", SHA)).toBe(`https://code.acme.test/acme/web/tree/src/a%281%29.ts#${SHA}`);
    expect(links.reference("!7")).toBe("https://review.acme.test/7");
    expect(links.reference("#7")).toBe("https://github.com/acme/web/issues/7");
    expect(links.reference("acme/api!7"), "the template names no repository").toBeNull();
    expect(links.compare(OLD, SHA)).toBe(`https://github.com/acme/web/compare/${OLD}...${SHA}`);
  });

  it("need no URL; the path is then the name", () => {
    expect(linksOf(null, { templates }, null, "acme/web").commit(SHA)).toBe(`https://code.acme.test/acme/web?h=${SHA}`);
    expect(linksOf(null, { templates }, null, "origin").commit(SHA)).toBeNull();
    expect(linksOf(null, { templates }).reference("!7")).toBe("https://review.acme.test/7");
  });

  it("lead from tickets to the ticket system of the organization", () => {
    const { reference } = linksOf("https://github.com/acme/web", null, "https://jira.acme.test/browse/{ticket}");
    expect(["PROJ-12", "A2_B-7", "GH-3"].map(reference)).toEqual([
      "https://jira.acme.test/browse/PROJ-12",
      "https://jira.acme.test/browse/A2_B-7",
      "https://github.com/acme/web/issues/3",
    ]);
  });
});

test("links contain nothing that Markdown or HTML interprets", () => {
  const word = fc.string({
    unit: fc.constantFrom("a", "/", ".", "(", ")", "<", '"', "'", "]", "\\", " ", "&", "`", "*", "é", "\ud800", "%"),
  });
  const url = fc.oneof(
    fc.constant("https://github.com/acme/web"),
    word.map((path) => `https://gitlab.test/${path}`),
  );
  fc.assert(
    fc.property(url, word, word, (at, path, sha) => {
      const links = linksOf(at);
      for (const link of [links.file(path, SHA), links.commit(sha), links.reference(`${path}#1`)]) {
        if (link !== null) expect(link).toMatch(/^https:\/\/[\w.~:/?#&=%@-]+$/);
      }
    }),
  );
});

describe("templateProblem", () => {
  it.each<[Parameters<typeof templateProblem>[0], string]>([
    ["commit", "https://git.acme.com/{path}/-/commit/{sha}"],
    ["commit", "http://git.acme.test:8080/?p=web.git;h={sha}"],
    ["request", "https://git.acme.test/r/{number}"],
    ["issue", "https://git.acme.test/{path}/i/{number}"],
    ["file", "https://git.acme.test/{path}/blob/{sha}/{file}"],
    ["compare", "https://git.acme.test/{path}/compare/{from}..{to}"],
    ["ticket", "https://jira.acme.com/browse/{ticket}"],
  ])("accepts for a %s %s", (kind, template) => expect(templateProblem(kind, template)).toBeNull());

  it.each<[Parameters<typeof templateProblem>[0], string, string]>([
    ["commit", "https://git.acme.test/{path}", "The template must contain {sha}."],
    ["file", "https://git.acme.test/", "The template must contain {file}, {sha}."],
    ["commit", "https://git.acme.test/{sha}/{number}", "Unknown placeholder {number}. Known placeholders: {sha}, {path}."],
    ["ticket", "https://jira.acme.test/{path}/{ticket}", "Unknown placeholder {path}. Known placeholders: {ticket}."],
    ["ticket", "jira.acme.test/{ticket}", "The template must begin with https:// or http://."],
    ["ticket", "javascript:alert({ticket})", "The template must begin with https:// or http://."],
    ["ticket", "https://{ticket}.acme.test/", "A placeholder cannot be part of the host name."],
    ["ticket", "https://acme.test{ticket}", "A placeholder cannot be part of the host name."],
    ...[
      "https://ada:secret@jira.acme.test/{ticket}",
      "https://jira.acme.test/a b/{ticket}",
      'https://jira.acme.test/"{ticket}',
      "https://jira.acme.test/({ticket})",
      "https://jira.acme.test/<{ticket}>",
      "https://jira.acme.test/{ticket}/{TICKET}",
      "https://jira.acme.test:99999/{ticket}",
      "https:///{ticket}",
    ].map((template): ["ticket", string, string] => [
      "ticket",
      template,
      "The template must be a URL with a host name, without spaces, quotes, parentheses, and credentials.",
    ]),
  ])("rejects for a %s %s", (kind, template, problem) => expect(templateProblem(kind, template)).toBe(problem));
});

test.each<[string, string | null]>([
  ["git@github.com:acme/web.git", "https://github.com/acme/web"],
  ["git@git.acme.test:/group/sub/web", "https://git.acme.test/group/sub/web"],
  ["ssh://git@git.acme.test:2222/acme/web.git", "https://git.acme.test/acme/web"],
  ["git://git.acme.test/acme/web.git/", "https://git.acme.test/acme/web"],
  ["https://ada:secret@github.com/acme/web.git?x=1#y", "https://github.com/acme/web"],
  ["https://x-access-token:ghs_abc@github.com/acme/web", "https://github.com/acme/web"],
  ["http://git.acme.test:8080/acme/web", "http://git.acme.test:8080/acme/web"],
  [" https://gitlab.com/acme/web/ ", "https://gitlab.com/acme/web"],
  ["git@ssh.dev.azure.com:v3/acme/Shop%20Web/web", "https://dev.azure.com/acme/Shop%20Web/_git/web"],
  ["acme@vs-ssh.visualstudio.com:v3/acme/Shop/web", "https://acme.visualstudio.com/Shop/_git/web"],
  ["https://acme@dev.azure.com/acme/Shop/_git/web", "https://dev.azure.com/acme/Shop/_git/web"],
  ["/srv/git/web.git", null],
  ["../web", null],
  ["file:///srv/git/web.git", null],
  ["C:\\git\\web", null],
  ["javascript:alert(1)", null],
  ["https://github.com/acme/we)b", null],
  ["https://git.acme.test", "https://git.acme.test"],
  ["acme/web", null],
  ["", null],
])("repositoryWebUrl(%j) is %j", (remote, url) => expect(repositoryWebUrl(remote)).toBe(url));
