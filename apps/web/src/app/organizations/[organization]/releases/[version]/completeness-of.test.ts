import { describe, expect, test } from "vitest";
import { completenessOf } from "./completeness-of.ts";

const info = (more: object) => ({ package: "web", version: { raw: "1.0.0", ...more }, description: "1.0.0", buildHash: null });
const place = (environment: string) => ({
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
const WHOLE = {
  version: "web@1.0.0",
  versionInfo: info({ major: 1, minor: 0, patch: 0 }),
  dateReleased: "2026-01-01T00:00:00.000Z",
  commitCount: 1200,
  peopleCount: 1,
  deployCount: 3,
  artifactCount: 412,
  environments: [place("staging"), place("production")],
  projects: [{ id: "1", slug: "web", name: "Web" }],
};

test("a release that has everything has no gap", () => {
  const checks = completenessOf(WHOLE);
  expect(checks.map(({ label }) => label)).toEqual([
    "Version understood",
    "Finalized",
    "1,200 commits",
    "1 person",
    "3 deploys to 2 environments",
    "412 artifacts",
  ]);
  expect(checks.filter(({ isDone, gap }) => !isDone || gap)).toEqual([]);
});

test("a commit is as good a version as numbers are", () => {
  const [version] = completenessOf({ ...WHOLE, versionInfo: { ...info({}), buildHash: "c57b6cb2e0c7" } });
  expect(version).toEqual({ name: "version", isDone: true, label: "Version is a commit" });
});

describe("a gap", () => {
  const gapOf = (name: string, release: Partial<Parameters<typeof completenessOf>[0]>) =>
    completenessOf({ ...WHOLE, ...release }).find((check) => check.name === name);

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
      "No people",
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
  ])("of %s tells the commands that fill it", (name, release, label, commands) => {
    expect(gapOf(name, release)).toMatchObject({ isDone: false, label, gap: { commands } });
  });

  test.each([
    ["a version of text alone", info({})],
    ["a version that was refused", null],
  ])("is %s", (_, versionInfo) => {
    expect(gapOf("version", { versionInfo })?.gap?.commands).toEqual(["sentry-cli releases new web@1.0.0", "landfall ship web@1.0.0"]);
  });

  test("takes the version as one word of a shell", () => {
    expect(gapOf("finalized", { version: "it's 100% $HOME", dateReleased: null })?.gap?.commands[1]).toBe(
      String.raw`landfall releases finalize 'it'\''s 100% $HOME'`,
    );
  });
});
