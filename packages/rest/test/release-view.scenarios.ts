import { expect } from "vitest";
import { finalize, release, releaseOn } from "./setup-steps.ts";
import { NOT_FOUND } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { emailOf, get, id, post, put } from "./steps.ts";
import { given, releaseIs } from "./stored-steps.ts";

const NO_SEMVER = {
  package: null,
  major: null,
  minor: null,
  patch: null,
  revision: null,
  prerelease: null,
  buildCode: null,
  buildNumber: null,
};

/** The stored columns of a version (contract 13.2), reported as release `version`. */
const columns = (name: string, version: string, expected: Readonly<Record<string, unknown>>): Scenario => ({
  name: `${name}: ${version}`,
  steps: [release(version), releaseIs(version, expected)],
});

/** Semver columns (contract 13.2; 17, E28, E29). */
export const columnScenarios: readonly Scenario[] = [
  columns("E28 a version in full", "org.example.FooApp@1.0rc1+20200101100", {
    package: "org.example.FooApp",
    major: 1,
    minor: 0,
    patch: 0,
    revision: 0,
    prerelease: "rc1",
    buildCode: "20200101100",
    buildNumber: 20_200_101_100,
  }),
  columns("E28 a build of letters has no number", "org.example.FooApp@1.0rc1+whatever", {
    prerelease: "rc1",
    buildCode: "whatever",
    buildNumber: null,
  }),
  columns("E28 a negative build has no number", "org.example.FooApp@1.0rc1+-2020", { buildCode: "-2020", buildNumber: null }),
  columns("E28 without a pre-release it is empty", "org.example.FooApp@1.0+20200101100", { prerelease: "", buildNumber: 20_200_101_100 }),
  columns("E29 what is no version has no columns", "hello world", NO_SEMVER),
  columns("13.1 a bare version has no columns: there is no package", "1.2.3", NO_SEMVER),
  columns("13.2 four numbers", "foo@01.02.003.4-alpha+1234", {
    package: "foo",
    major: 1,
    minor: 2,
    patch: 3,
    revision: 4,
    prerelease: "alpha",
    buildCode: "1234",
    buildNumber: 1234,
  }),
  columns("13.1 a hash is no version", "package@085240e737828d8326719bf97730188e927e49ca", NO_SEMVER),
  columns("13.2 numbers beyond 63 bits are no version", "foo@9223372036854775808.0", NO_SEMVER),
  columns("13.2 a build beyond 63 bits has no number", "foo@1.0+9223372036854775808", {
    major: 1,
    buildCode: "9223372036854775808",
    buildNumber: null,
  }),
  {
    name: "13.2 the columns are set on creation and do not change",
    steps: [
      release("foo@1.0"),
      put("O/releases/foo@1.0/", { ref: "x", version: "bar@2.0" }).returns(200),
      releaseIs("foo@1.0", { package: "foo", major: 1 }),
    ],
  },
];

type Parsed = readonly [
  version: string,
  packageName: string | null,
  raw: Readonly<Record<string, unknown>>,
  description: string,
  buildHash: string | null,
];

const semver = (
  raw: string,
  major: number,
  minor: number,
  patch: number,
  pre: string | null,
  buildCode: string | null,
  components: number,
) => ({ raw, major, minor, patch, pre, buildCode, components });

const SHA = "a86d127c4b2f23a0a862620280427dcc01c78676";

const PARSED: readonly Parsed[] = [
  ["2.0rc2", null, { raw: "2.0rc2" }, "2.0rc2", null],
  ["frontend@1.0.0", "frontend", semver("1.0.0", 1, 0, 0, null, null, 3), "1.0.0", null],
  [
    "foo.bar.BazApp@1.0a+20200101100",
    "foo.bar.BazApp",
    semver("1.0a+20200101100", 1, 0, 0, "a", "20200101100", 2),
    "1.0a (20200101100)",
    null,
  ],
  [
    "@foo.bar.baz--blah@1.2.3-dev+BUILD-code",
    "@foo.bar.baz--blah",
    semver("1.2.3-dev+BUILD-code", 1, 2, 3, "dev", "BUILD-code", 3),
    "1.2.3-dev (BUILD-code)",
    null,
  ],
  [SHA, null, { raw: SHA }, "a86d127c4b2f", SHA],
  [
    "package@085240e737828d8326719bf97730188e927e49ca",
    "package",
    { raw: "085240e737828d8326719bf97730188e927e49ca" },
    "085240e73782",
    "085240e737828d8326719bf97730188e927e49ca",
  ],
  ["com.foogame.FooGame@7211+7211", "com.foogame.FooGame", semver("7211+7211", 7211, 0, 0, null, "7211", 1), "7211 (7211)", null],
  ["some-api@2020.05.26-01.38.42", "some-api", { raw: "2020.05.26-01.38.42" }, "some-api@2020.05.26-01.38.42", null],
  ["some-api@2020.2-1.2.3", "some-api", semver("2020.2-1.2.3", 2020, 2, 0, "1.2.3", null, 2), "2020.2-1.2.3", null],
  ["foo@01.02.003.4-alpha+1234", "foo", semver("01.02.003.4-alpha+1234", 1, 2, 3, "alpha", "1234", 4), "01.02.003.4-alpha (1234)", null],
  ["foo@20210505090610352561", "foo", { raw: "20210505090610352561" }, "202105050906", "20210505090610352561"],
  ["foo@1.0.0+0123456789ab", "foo", semver("1.0.0+0123456789ab", 1, 0, 0, null, "0123456789ab", 3), "1.0.0 (0123456789ab)", "0123456789ab"],
  ["bla-internal@0.0.0.4bfe251b96", "bla-internal", semver("0.0.0.4bfe251b96", 0, 0, 0, "bfe251b96", null, 4), "0.0.0.4bfe251b96", null],
  ["hackweek@6f85d2f", "hackweek", { raw: "6f85d2f" }, "hackweek@6f85d2f", null],
  ...["foo@v1.2.3", "foo@1.2.3.4.5", "foo@1.0B", "foo@1.0.0-01"].map((version): Parsed => [
    version,
    "foo",
    { raw: version.slice(4) },
    version,
    null,
  ]),
  ["@foo@1.0", "@foo", semver("1.0", 1, 0, 0, null, null, 2), "1.0", null],
  ["a@b@1.0", "a", { raw: "b@1.0" }, "a@b@1.0", null],
  ["foo@", null, { raw: "foo@" }, "foo@", null],
];

/** The parsed version, row by row (contract 13.1). */
export const versionInfoScenarios: readonly Scenario[] = [
  ...PARSED.map(([version, packageName, raw, description, buildHash]) => ({
    name: `13.1 ${version}`,
    steps: [
      post("O/releases/", { version, projects: ["foo"] }).returns(201, {
        versionInfo: expect.toSatisfy((info) => same(info, { package: packageName, version: raw, description, buildHash })),
      }),
    ],
  })),
  {
    name: "13.1 a version of 200 characters and more than 200 bytes has no versionInfo",
    steps: [
      post("O/releases/", { version: "é".repeat(101), projects: ["foo"] }).returns(201, { versionInfo: null }),
      post("O/releases/", { version: "e".repeat(200), projects: ["foo"] }).returns(201, { versionInfo: { package: null } }),
    ],
  },
  {
    name: "13.1 a version with a control character has no versionInfo",
    steps: [post("O/releases/", { version: "1\u000b0", projects: ["foo"] }).returns(201, { versionInfo: null })],
  },
];

const same = (one: unknown, other: unknown): boolean => {
  expect(one).toEqual(other);
  return true;
};

/** The response fields of a release (contract 10.1, 12; 17, E17, E23, E27). */
export const viewScenarios: readonly Scenario[] = [
  {
    name: "12.7 a release with all fields",
    steps: [
      releaseOn("2018-12-19T19:25:49.971Z", "2.0rc2"),
      get("O/releases/2.0rc2/")
        .returns(200)
        .exactly({
          id: expect.any(Number),
          version: "2.0rc2",
          status: "open",
          shortVersion: "2.0rc2",
          versionInfo: { package: null, version: { raw: "2.0rc2" }, description: "2.0rc2", buildHash: null },
          ref: null,
          url: null,
          dateReleased: null,
          dateCreated: "2018-12-19T19:25:49.971Z",
          data: {},
          newGroups: 0,
          owner: null,
          commitCount: 0,
          lastCommit: null,
          deployCount: 0,
          lastDeploy: null,
          authors: [],
          projects: [{ id: id("foo"), slug: "foo", name: "foo", newGroups: 0, platform: null, platforms: [], hasHealthData: false }],
          firstEvent: null,
          lastEvent: null,
          currentProjectMeta: {},
          userAgent: "",
        }),
    ],
  },
  {
    name: "12.6 an owner with all fields",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], owner: emailOf("other") }).returns(201),
      get("O/releases/1/").returns(200, {
        owner: {
          id: expect.stringMatching(/^\d+$/),
          name: "other",
          username: emailOf("other"),
          email: emailOf("other"),
          avatarUrl: null,
          isActive: true,
          hasPasswordAuth: false,
          isManaged: false,
          dateJoined: "2020-01-01T00:00:00Z",
          lastLogin: null,
          has2fa: false,
          isSuperuser: false,
          isStaff: false,
          experiments: {},
          emails: [{ id: expect.stringMatching(/^\d+$/), email: emailOf("other"), is_verified: true }],
          avatar: { avatarType: "letter_avatar", avatarUuid: null },
        },
      }),
    ],
  },
  {
    name: "1.11 dates have milliseconds, and none when they are zero",
    steps: [
      releaseOn("2026-01-02T03:04:05.120Z", "1"),
      releaseOn("2026-01-02T03:04:05.000Z", "2"),
      get("O/releases/1/").returns(200, { dateCreated: "2026-01-02T03:04:05.120Z" }),
      get("O/releases/2/").returns(200, { dateCreated: "2026-01-02T03:04:05Z" }),
    ],
  },
  {
    name: "E23 new issues are those of all projects, or of the selected one",
    steps: [
      release("1", "foo", "bar"),
      given((rows, on) => rows.newGroups(on.organization.id, "1", on.projectId("foo"), 1)),
      given((rows, on) => rows.newGroups(on.organization.id, "1", on.projectId("bar"), 2)),
      get("O/releases/1/").returns(200, {
        newGroups: 3,
        projects: [
          { slug: "foo", newGroups: 1 },
          { slug: "bar", newGroups: 2 },
        ],
      }),
      get("P/bar/releases/1/").returns(200, { newGroups: 2 }),
      get("O/releases/?project={foo}&flatten=1").returns(200, [{ newGroups: 1 }]),
    ],
  },
  {
    name: "E17 the release page: counts, files changed, projects",
    steps: [
      release("v@1.0", "foo", "bar"),
      given((rows, on) => rows.newGroups(on.organization.id, "v@1.0", on.projectId("foo"), 42)),
      put("O/releases/v@1.0/", {
        commits: [
          {
            id: "a",
            patch_set: [
              { path: "one.js", type: "M" },
              { path: "two.js", type: "A" },
            ],
          },
          { id: "b", patch_set: [{ path: "one.js", type: "D" }] },
        ],
      }).returns(200),
      post("O/releases/v@1.0/deploys/", { environment: "prod" }).returns(201),
      get("O/releases/v@1.0/meta/")
        .returns(200)
        .exactly({
          version: "v@1.0",
          versionInfo: { package: "v", version: semver("1.0", 1, 0, 0, null, null, 2), description: "1.0", buildHash: null },
          projects: [
            { id: id("foo"), slug: "foo", name: "foo", newGroups: 42, platform: null, platforms: [] },
            { id: id("bar"), slug: "bar", name: "bar", newGroups: 0, platform: null, platforms: [] },
          ],
          newGroups: 42,
          deployCount: 1,
          commitCount: 2,
          released: "2026-01-02T03:04:05.678Z",
          commitFilesChanged: 2,
          releaseFileCount: 0,
          isArtifactBundle: false,
        }),
      finalize("v@1.0", "2026-01-05"),
      get("O/releases/v@1.0/meta/").returns(200, { released: "2026-01-05T00:00:00Z" }),
      get("O/releases/none/meta/").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "E27 invalid versions cannot be stored by any path",
    steps: ["latest", ".", "..", "\t", "\n", "  "].flatMap((version) => [
      post("O/releases/", { version, projects: ["foo"] }).returns(400),
      post("P/foo/releases/", { version }).returns(400),
      get("O/releases/?status=").lists(),
    ]),
  },
];
