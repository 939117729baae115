import type { ReleaseBriefView } from "@landfall/schema/views/brief";
import { expect, test } from "vitest";
import { organizationUrls } from "../addresses.ts";
import { foundChange, whereabout } from "../find/whereabout.fixture.ts";
import { type SearchResults, paletteGroups } from "./palette-groups.ts";

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

const answers = (more: Partial<SearchResults> = {}): SearchResults => ({
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
  paletteGroups({ to, text, destinations: labels.map((label) => ({ label, href: "/x" })), answers: found });

test("before anything is typed there are only places to go", () => {
  expect(groups("", null, ["Go to Home"])).toEqual([
    { name: "Pages and actions", isAnswered: false, choices: [{ key: "page Go to Home", label: "Go to Home", href: "/x" }] },
  ]);
});

test("what was typed can always be searched for, at the end, without blanks around it", () => {
  expect(groups(" #4812 ", null)).toEqual([
    {
      name: "Search",
      isAnswered: false,
      choices: [{ key: "all", label: "See all results for “#4812”", href: "/organizations/acme/search?q=%234812" }],
    },
  ]);
});

test("a commit tells where it is, in its repository", () => {
  const { changes } = answers();
  const environments = [whereabout({ environment: "production", state: "live", version: "web@4.3.1" })];
  const [commits] = groups("#4812", answers({ changes: { ...changes, commits: [foundChange({ environments })] } }));
  expect(commits).toEqual({
    name: "Commits",
    isAnswered: true,
    choices: [
      {
        key: "commit acme/web 4f2a91c0d5e6b7a8990011223344556677889900",
        label: "4f2a91c0 Fix login (#4812)",
        detail: "live in production for 3 h (web 4.3.1)",
        isTold: true,
        href: "/organizations/acme/commits/4f2a91c0d5e6b7a8990011223344556677889900?repository=acme%2Fweb",
      },
    ],
  });
});

test("a release of exactly that version goes first, and none is there twice", () => {
  const { changes } = answers();
  const exact = release("web@4.3", { deployCount: 2, commitCount: 1200 });
  const [releases] = groups("4.3", answers({ changes: { ...changes, releases: [exact] }, releases: [release("web@4.3.1"), exact] }));
  expect(releases?.choices).toEqual([
    { key: "release web@4.3", label: "web@4.3", detail: "1,200 commits, 2 deploys", href: "/organizations/acme/releases/web%404.3" },
    { key: "release web@4.3.1", label: "web@4.3.1", detail: "1 commit, not deployed", href: "/organizations/acme/releases/web%404.3.1" },
  ]);
});

test("groups come in one order: pages, releases, commits, people, projects, the search itself", () => {
  const { changes } = answers();
  const found = answers({
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
  expect(all.map(({ name }) => name)).toEqual(["Pages and actions", "Releases", "Commits", "People", "Projects", "Search"]);
  const details = all.flatMap(({ choices }) => choices.map(({ label, detail }) => [label, detail]));
  expect(details).toContainEqual(["Ada", "ada@acme.test"]);
  expect(details).toContainEqual(["bob@acme.test", undefined]);
  expect(details).toContainEqual(["Web shop", "web"]);
  expect(details).toContainEqual(["api", undefined]);
  const keys = all.flatMap(({ choices }) => choices.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
});
