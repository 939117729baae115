import type { ReleaseBriefView } from "@landfall/schema/brief";
import { describe, expect, test } from "vitest";
import { foundChange, locationOf } from "#features/search/change-location.fixture.ts";
import { organizationUrls } from "#ui/organization-urls.ts";
import { destinations, matchingDestinations, paletteGroups, type SearchResults } from "./palette-groups.ts";

describe("palette groups", () => {
  const to = organizationUrls("acme");

  const release = (version: string, more: Partial<ReleaseBriefView> = {}): ReleaseBriefView => ({
    version,
    description: version,
    package: null,
    status: "open",
    dateCreated: "2026-03-01T10:00:00.000Z",
    dateReleased: null,
    commitCount: 1,
    deployCount: 0,
    ...more,
  });

  const results = (more: Partial<SearchResults> = {}): SearchResults => ({
    at: new Date("2026-03-01T15:00:00.000Z"),
    changes: {
      understood: ["text"],
      releases: [],
      commits: [],
      searched: { commits: 1, backTo: null, isComplete: true },
      next: null,
    },
    releases: [],
    people: [],
    projects: [],
    ...more,
  });

  const groups = (text: string, found: SearchResults | null, labels: readonly string[] = []) =>
    paletteGroups({ to, text, destinations: labels.map((label) => ({ label, href: "/x" })), results: found });

  test("contain only pages before anything is typed", () => {
    expect(groups("", null, ["Go to Home"])).toEqual([
      { name: "Pages and actions", isResult: false, choices: [{ key: "page Go to Home", label: "Go to Home", href: "/x" }] },
    ]);
  });

  test("end with a search for the trimmed text", () => {
    expect(groups(" #4812 ", null)).toEqual([
      {
        name: "Search",
        isResult: false,
        choices: [{ key: "all", label: "See all results for “#4812”", href: "/organizations/acme/search?q=%234812" }],
      },
    ]);
  });

  test("describe where a commit is deployed", () => {
    const { changes } = results();
    const environments = [locationOf({ environment: "production", state: "live", version: "web@4.3.1" })];
    const [commits] = groups("#4812", results({ changes: { ...changes, commits: [foundChange({ environments })] } }));
    expect(commits).toEqual({
      name: "Commits",
      isResult: true,
      choices: [
        {
          key: "commit acme/web 4f2a91c0d5e6b7a8990011223344556677889900",
          label: "4f2a91c0 Fix login (#4812)",
          detail: "live in production for 3 h (web@4.3.1)",
          isSentence: true,
          href: "/organizations/acme/commits/4f2a91c0d5e6b7a8990011223344556677889900?repository=acme%2Fweb",
        },
      ],
    });
  });

  test("list a release of exactly that version first, and each release once", () => {
    const { changes } = results();
    const exact = release("web@4.3", { deployCount: 2, commitCount: 1200 });
    const [releases] = groups("4.3", results({ changes: { ...changes, releases: [exact] }, releases: [release("web@4.3.1"), exact] }));
    expect(releases?.choices).toEqual([
      { key: "release web@4.3", label: "web@4.3", detail: "1,200 commits, 2 deploys", href: "/organizations/acme/releases/web%404.3" },
      { key: "release web@4.3.1", label: "web@4.3.1", detail: "1 commit, not deployed", href: "/organizations/acme/releases/web%404.3.1" },
    ]);
  });

  test("are ordered: pages, releases, commits, people, projects, search", () => {
    const { changes } = results();
    const found = results({
      changes: { ...changes, commits: [foundChange()] },
      releases: [release("web@1.0.0")],
      people: [
        { name: "Ada", email: "ada@acme.test" },
        { name: null, email: "bob@acme.test" },
      ],
      projects: [
        { slug: "web", name: "Web shop" },
        { slug: "api", name: "api" },
      ],
    });
    const all = groups("we", found, ["Go to Web"]);
    expect(all.map(({ name }) => name)).toEqual(["Pages and actions", "Releases", "Commits", "Contributors", "Projects", "Search"]);
    const details = all.flatMap(({ choices }) => choices.map(({ label, detail }) => [label, detail]));
    expect(details).toContainEqual(["Ada", "ada@acme.test"]);
    expect(details).toContainEqual(["bob@acme.test", undefined]);
    expect(details).toContainEqual(["Web shop", "web"]);
    expect(details).toContainEqual(["api", undefined]);
    const keys = all.flatMap(({ choices }) => choices.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("pages and actions", () => {
  const to = organizationUrls("acme");
  const all = destinations(to, {
    projects: true,
    members: true,
    settings: [
      { name: "Organization", segment: null },
      { name: "Tokens", segment: "tokens" },
    ],
  });
  const found = (text: string) => matchingDestinations(all, text).map(({ label }) => label);

  describe("destinations", () => {
    test("match by the beginnings of their words", () => {
      expect(found("bo")).toEqual(["Go to Board"]);
      expect(found("go bo")).toEqual(["Go to Board"]);
      expect(found("NEW")).toEqual(["New token…", "New project…"]);
      expect(found("comp…")).toEqual(["Compare two releases…"]);
      expect(found("oard")).toEqual([]);
      expect(found("board 4812")).toEqual([]);
    });

    test("all match an empty text", () => {
      expect(found(" ")).toHaveLength(all.length);
    });

    test("include only actions the viewer may use", () => {
      expect(all.find(({ label }) => label === "Go to Board")?.href).toBe("/organizations/acme/board");
      const few = destinations(to, { projects: false, members: false, settings: [] }).map(({ label }) => label);
      expect(few).not.toContain("New project…");
      expect(few).not.toContain("Invite member…");
      expect(few).toContain("New token…");
    });
  });
});
