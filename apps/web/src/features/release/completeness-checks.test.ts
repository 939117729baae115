import { describe, expect, test } from "vitest";
import { completenessChecks } from "./completeness-checks.ts";

const info = (more: object) => ({ package: "web", version: { raw: "1.0.0", ...more }, description: "1.0.0", buildHash: null });

const deployedTo = (environment: string) => ({
  deploy: {
    id: environment,
    environment,
    dateStarted: null,
    dateFinished: "2026-01-01T00:00:00.000Z",
    name: null,
    url: null,
    deployer: null,
  },
  isCurrent: true,
});

const head = (repository: string, previousSha: string | null) => ({
  repository,
  sha: "5f4dcc3b71aa765d61d8327deb882cf99f4dcc3b",
  previousSha,
  hasPage: true,
  hasLinks: true,
});

const COMPLETE = {
  version: "web@1.0.0",
  versionInfo: info({ major: 1, minor: 0, patch: 0 }),
  dateReleased: "2026-01-01T00:00:00.000Z",
  commitCount: 1200,
  heads: [],
  peopleCount: 1,
  deployCount: 3,
  artifactCount: 412,
  environments: [deployedTo("staging"), deployedTo("production")],
  projects: [{ id: "1", slug: "web", name: "Web" }],
};

test("a complete release has no gaps", () => {
  const checks = completenessChecks(COMPLETE);
  expect(checks.map(({ label }) => label)).toEqual([
    "Version recognized",
    "Finalized",
    "1,200 commits",
    "1 contributor",
    "3 deploys to 2 environments",
    "412 artifacts",
  ]);
  expect(checks.filter(({ isDone, gap }) => !isDone || gap)).toEqual([]);
});

test("accepts a commit hash as a version", () => {
  const [version] = completenessChecks({ ...COMPLETE, versionInfo: { ...info({}), buildHash: "c57b6cb2e0c7" } });
  expect(version).toEqual({ name: "version", isDone: true, label: "Version is a commit hash" });
});

test("names the repositories without a URL, once there are head commits", () => {
  const of = (...heads: { repository: string; hasLinks: boolean }[]) =>
    completenessChecks({ ...COMPLETE, heads: heads.map((one) => ({ ...head(one.repository, null), ...one })) }).at(-1);
  expect(of({ repository: "acme/web", hasLinks: true })).toEqual({
    name: "repositories",
    isDone: true,
    label: "Linked to the repository",
  });
  expect(of({ repository: "origin", hasLinks: false }, { repository: "acme/web", hasLinks: true })).toMatchObject({
    label: "No URL for origin",
    gap: {
      isOptional: true,
      commands: [
        expect.stringMatching(/^landfall releases set-commits /),
        "landfall repos set-url origin https://git.example.com/acme/web",
      ],
      settings: { segment: "repositories" },
    },
  });
  expect(of({ repository: "a", hasLinks: false }, { repository: "b", hasLinks: false })).toMatchObject({
    label: "No URL for 2 repositories",
    gap: { why: expect.stringContaining("of a and b have no links") },
  });
});

describe("a gap", () => {
  const gapOf = (name: string, release: Partial<Parameters<typeof completenessChecks>[0]>) =>
    completenessChecks({ ...COMPLETE, ...release }).find((check) => check.name === name);

  test.each([
    [
      "finalized",
      { dateReleased: null },
      "Not finalized",
      ["sentry-cli releases finalize web@1.0.0", "landfall releases finalize web@1.0.0"],
    ],
    [
      "commits",
      { commitCount: 0 },
      "No commits",
      ["sentry-cli releases set-commits web@1.0.0 --auto", "landfall releases set-commits web@1.0.0"],
    ],
    [
      "people",
      { peopleCount: 0 },
      "No contributors",
      ["sentry-cli releases set-commits web@1.0.0 --auto", "landfall releases set-commits web@1.0.0"],
    ],
    [
      "deploys",
      { deployCount: 0, environments: [] },
      "No deploys",
      ["sentry-cli deploys new --release web@1.0.0 -e production", "landfall deploys new web@1.0.0 -e production"],
    ],
    [
      "artifacts",
      { artifactCount: 0 },
      "No artifacts",
      ["sentry-cli sourcemaps upload --release=web@1.0.0 ./dist", "landfall sourcemaps upload ./dist --release=web@1.0.0"],
    ],
  ])("in %s lists the commands that fix it", (name, release, label, commands) => {
    expect(gapOf(name, release)).toMatchObject({ isDone: false, label, gap: { commands } });
  });

  test("in artifacts is optional", () => {
    const gaps = completenessChecks({ ...COMPLETE, dateReleased: null, commitCount: 0, artifactCount: 0 }).filter(({ gap }) => gap);
    expect(gaps.map(({ name, gap }) => [name, gap?.isOptional ?? false])).toEqual([
      ["finalized", false],
      ["commits", false],
      ["artifacts", true],
    ]);
  });

  test.each([
    [
      "one head commit",
      [head("acme/web", null)],
      "Only the head commit 5f4dcc3b71 in acme/web is known, not the commits before it.",
      "landfall releases set-commits web@1.0.0",
    ],
    [
      "one head commit and the end of the previous release",
      [head("acme/web", "1b2c3d4")],
      "Only the head commit 5f4dcc3b71 in acme/web is known, not the commits before it.",
      "landfall releases set-commits web@1.0.0 --from 1b2c3d4",
    ],
    [
      "head commits of several repositories",
      [head("acme/api", "1b2c3d4"), head("acme/web", null)],
      "Only the head commits 5f4dcc3b71 in acme/api and 5f4dcc3b71 in acme/web are known, not the commits before them.",
      "landfall releases set-commits web@1.0.0",
    ],
  ])("in commits reports %s without a commit list", (_, heads, why, landfall) => {
    const release = { commitCount: 0, peopleCount: 0, heads };
    const commands = ["sentry-cli releases set-commits web@1.0.0 --local", landfall];
    expect(gapOf("commits", release)).toEqual({
      name: "commits",
      isDone: false,
      label: heads.length === 1 ? "Head commit only" : "Head commits only",
      gap: { why: `${why} Run one of these in its git repository.`, commands },
    });
    expect(gapOf("people", release)?.gap?.commands).toEqual(commands);
  });

  test("in commits is absent when there is a commit list, with or without head commits", () => {
    expect(gapOf("commits", { heads: [head("acme/web", null)] })).toEqual({ name: "commits", isDone: true, label: "1,200 commits" });
  });

  test.each([
    ["a version that is only text", info({})],
    ["a version that could not be parsed", null],
  ])("is %s", (_, versionInfo) => {
    expect(gapOf("version", { versionInfo })?.gap?.commands).toEqual(["sentry-cli releases new web@1.0.0", "landfall ship web@1.0.0"]);
  });

  test("quotes the version for the shell", () => {
    expect(gapOf("finalized", { version: "it's 100% $HOME", dateReleased: null })?.gap?.commands[1]).toBe(
      String.raw`landfall releases finalize 'it'\''s 100% $HOME'`,
    );
  });
});
