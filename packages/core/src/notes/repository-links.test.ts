import { describe, expect, it } from "vitest";
import { repositoryLinks } from "./repository-links.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const linksAt = (url: string | null, ...references: string[]) => {
  const links = repositoryLinks(url);
  return [links.commit(SHA), ...references.map((reference) => links.reference(reference))];
};

describe("repositoryLinks", () => {
  it("knows GitHub, and what is like it", () => {
    const at = "https://github.com/acme/web";
    expect(linksAt(`${at}.git`, "#12", "GH-3", "other/api#4", "PROJ-1")).toEqual([
      `${at}/commit/${SHA}`,
      `${at}/issues/12`,
      `${at}/issues/3`,
      "https://github.com/other/api/issues/4",
      null,
    ]);
    expect(linksAt("http://git.github.acme.test:8080/acme/web/")[0]).toBe(`http://git.github.acme.test:8080/acme/web/commit/${SHA}`);
    expect(linksAt("https://codeberg.org/acme/web", "#1")[1]).toBe("https://codeberg.org/acme/web/issues/1");
  });

  it("knows GitLab with its groups", () => {
    const at = "https://gitlab.acme.test/group/sub/web";
    expect(linksAt(at, "#12", "!13", "GH-3", "group/api!4")).toEqual([
      `${at}/-/commit/${SHA}`,
      `${at}/-/issues/12`,
      `${at}/-/merge_requests/13`,
      null,
      "https://gitlab.acme.test/group/api/-/merge_requests/4",
    ]);
  });

  it("knows Bitbucket", () => {
    const at = "https://bitbucket.org/acme/web";
    expect(linksAt(at, "#12")).toEqual([`${at}/commits/${SHA}`, `${at}/pull-requests/12`]);
  });

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
  ])("links nothing at %j", (url) => expect(linksAt(url, "#12", "!1", "GH-1", "a/b#2")).toEqual([null, null, null, null, null]));

  it("hands on no password, question or fragment", () => {
    expect(linksAt("https://ada:secret@github.com/acme/web?token=x#y", "#1")).toEqual([
      `https://github.com/acme/web/commit/${SHA}`,
      "https://github.com/acme/web/issues/1",
    ]);
  });

  it("links only what is a hash", () => {
    const { commit } = repositoryLinks("https://github.com/acme/web");
    expect(["abc", "abcdefg", "../..", "abcdef01)"].map(commit)).toEqual([null, null, null, null]);
    expect(commit("abcdef0")).toBe("https://github.com/acme/web/commit/abcdef0");
  });
});
