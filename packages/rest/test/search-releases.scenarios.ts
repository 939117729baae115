import { archive, finalize, release, releaseOn } from "./setup-steps.ts";
import type { Scenario, Sharing } from "./run-scenarios.ts";
import { at, get, post } from "./steps.ts";

/** The releases that a search finds, newest first; the query is as people type it. */
const finds = (name: string, query: string, ...versions: string[]): Scenario => ({
  name: `${name}: ${query} → ${versions.length > 0 ? versions.join(", ") : "nothing"}`,
  steps: [
    get(`O/releases/?query=${encodeURIComponent(query)}`).lists(...versions),
    get(`O/releases/stats/?query=${encodeURIComponent(query)}`).lists(...versions),
  ],
});

const refuses = (name: string, query: string, detail: string): Scenario => ({
  name: `${name}: ${query} is rejected`,
  steps: [
    get(`O/releases/?query=${encodeURIComponent(query)}`).returns(400, { detail }),
    get(`O/releases/stats/?query=${encodeURIComponent(query)}`).returns(400, { detail }),
  ],
});

const NO_SEMVER = 'Invalid format of semantic version. For searching non-semver releases, use "release:" instead.';

/** L07–L11: four releases in this order of creation. */
export const packages: Sharing = {
  before: ["test@1.2.4+124", "test@1.2.3+123", "test2@1.2.5+125", "some.release"].map((version, index) =>
    releaseOn(`2026-01-0${index + 1}`, version),
  ),
  sharing: [
    finds("L07", "release.version:>1.2.3", "test2@1.2.5+125", "test@1.2.4+124"),
    finds("L08", "release.version:>=1.2.3", "test2@1.2.5+125", "test@1.2.3+123", "test@1.2.4+124"),
    finds("L08", "release.version:1.2.*", "test2@1.2.5+125", "test@1.2.3+123", "test@1.2.4+124"),
    finds("L09", "release.version:2.2.1"),
    finds("L09", "release.package:test2", "test2@1.2.5+125"),
    finds("L09", "release.package:test", "test@1.2.3+123", "test@1.2.4+124"),
    finds("L10", "release.build:>124", "test2@1.2.5+125"),
    finds("L10", "release.build:<125", "test@1.2.3+123", "test@1.2.4+124"),
    {
      name: "L11: release.version:>=1.2.3 with sort=semver is in the order of versions",
      steps: [get("O/releases/?query=release.version:>=1.2.3&sort=semver").lists("test2@1.2.5+125", "test@1.2.4+124", "test@1.2.3+123")],
    },
    finds("15.3 negated, releases that are no semver are included", "!release.version:>=1.2.3", "some.release"),
    finds("15.3 a negated package includes them too", "!release.package:test", "some.release", "test2@1.2.5+125"),
    finds("15.3 terms are all to hold", "release.package:test release.version:>1.2.3", "test@1.2.4+124"),
    finds("15.3 a build is equal", "release.build:124", "test@1.2.4+124"),
    finds("15.3 a build is not equal", "!release.build:124", "some.release", "test2@1.2.5+125", "test@1.2.3+123"),
    finds("15.3 a build begins so", "release.build:12*", "test2@1.2.5+125", "test@1.2.3+123", "test@1.2.4+124"),
    finds("15.3 build metadata of a version is ignored", "release.version:1.2.3+999", "test@1.2.3+123"),
  ],
};

/** L23: operators compare tuples in order. */
export const operators: Sharing = {
  before: ["a@1.2.3", "a@1.2.4", "plain"].map((version) => release(version)),
  sharing: [
    finds("L23", "release.version:>1.2.3", "a@1.2.4"),
    finds("L23", "release.version:>=1.2.4", "a@1.2.4"),
    finds("L23", "release.version:<1.2.4", "a@1.2.3"),
    finds("L23", "release.version:<=1.2.3", "a@1.2.3"),
    finds("L23", "release.version:!=1.2.3", "plain", "a@1.2.4"),
    finds("L23", "!release.version:1.2.3", "plain", "a@1.2.4"),
    finds("L23", "release.version:1.2.3", "a@1.2.3"),
    finds("L23", "release.version:>1.2 release.version:<2", "a@1.2.4", "a@1.2.3"),
  ],
};

/** L24: a pre-release comes before its final version. */
export const prereleases: Sharing = {
  before: ["a@1.2.3-alpha", "a@1.2.3-beta", "a@1.2.3"].map((version) => release(version)),
  sharing: [
    finds("L24", "release.version:>=1.2.3", "a@1.2.3"),
    finds("L24", "release.version:>=1.2.3-beta", "a@1.2.3", "a@1.2.3-beta"),
    finds("L24", "release.version:<1.2.3", "a@1.2.3-beta", "a@1.2.3-alpha"),
    finds("L24", "release.version:1.2.3-alpha", "a@1.2.3-alpha"),
    finds("L24", "release.version:1.2.3", "a@1.2.3"),
  ],
};

/** L25, L26: missing parts are 0, stars match the rest. */
export const parts: Sharing = {
  before: ["a@1.0.0.0", "a@1.2.0.0", "a@1.2.3.0", "a@1.2.3.4", "a@2.0.0.0"].map((version) => release(version)),
  sharing: [
    finds("L25", "release.version:>1", "a@2.0.0.0", "a@1.2.3.4", "a@1.2.3.0", "a@1.2.0.0"),
    finds("L25", "release.version:>2"),
    finds("L26", "release.version:1.X", "a@1.2.3.4", "a@1.2.3.0", "a@1.2.0.0", "a@1.0.0.0"),
    finds("L26", "release.version:1.*", "a@1.2.3.4", "a@1.2.3.0", "a@1.2.0.0", "a@1.0.0.0"),
    finds("L26", "release.version:1.2.*", "a@1.2.3.4", "a@1.2.3.0", "a@1.2.0.0"),
    finds("L26", "release.version:1.2.3.*", "a@1.2.3.4", "a@1.2.3.0"),
    finds("L26", "release.version:2.*", "a@2.0.0.0"),
    finds("15.3 with a star the operator does not count", "release.version:>1.2.3.*", "a@1.2.3.4", "a@1.2.3.0"),
    finds("15.3 a star is negated", "!release.version:1.*", "a@2.0.0.0"),
  ],
};

/** L27: a package in the query matches only that package. */
export const onePackage: Sharing = {
  before: ["test@1.2.3", "test2@1.2.3"].map((version) => release(version)),
  sharing: [
    finds("L27", "release.version:>=test@1.2.3", "test@1.2.3"),
    finds("L27", "release.version:test2@1.*", "test2@1.2.3"),
    refuses("L28", "release.version:1.2.hi", NO_SEMVER),
    refuses("L28", "release.version:hello", NO_SEMVER),
    refuses("15.3 a version is no list", "release.version:[1.2.3,1.2.4]", "Invalid operation 'IN' for semantic version filter."),
  ],
};

/** The query language, rule by rule (contract 15.3). */
export const language: Sharing = {
  before: [
    releaseOn("2026-01-01", "foobar"),
    releaseOn("2026-01-02", "Foo-2"),
    releaseOn("2026-01-03", "app@1.0.0+42"),
    releaseOn("2026-01-04", "a*b"),
    releaseOn("2026-01-05", "50%_off"),
    releaseOn("2026-01-06", "two words"),
    releaseOn("2026-01-07", "Größe-Ä"),
    finalize("foobar", "2026-01-01"),
    at("2026-01-10T00:00:00Z"),
  ],
  sharing: [
    finds("15.3 free text, in any case", "FOO", "Foo-2", "foobar"),
    finds("15.3 free text outside of A–Z is found as it is typed", "Größe-Ä", "Größe-Ä"),
    finds("15.3 free text outside of A–Z is found next to letters in any case", "GRöSSE"),
    finds("15.3 free text outside of A–Z is found next to letters in any case", "gRÖßE"),
    finds("15.3 free text outside of A–Z is found next to letters in any case", "GRößE", "Größe-Ä"),
    finds("15.3 free text is the whole query", "two words", "two words"),
    finds("15.3 free text is the whole query", "words two"),
    finds("15.3 a bare word next to a filter usually finds nothing", "foo finalized:true"),
    finds("15.3 % and _ mean themselves", "%_", "50%_off"),
    finds("15.3 a description finds what it describes", "1.0.0 (42)", "app@1.0.0+42"),
    finds("15.3 a query of spaces finds all", "  ", "Größe-Ä", "two words", "50%_off", "a*b", "app@1.0.0+42", "Foo-2", "foobar"),
    finds("15.3 release: minds the case", "release:foo*", "foobar"),
    finds("15.3 release: by its end", "release:*2", "app@1.0.0+42", "Foo-2"),
    finds("15.3 release: by a part", "release:*oo*", "Foo-2", "foobar"),
    finds("15.3 release: by a part, minding the case", "release:*FOO*"),
    finds("15.3 a star in the middle is one", "release:a*b", "a*b"),
    finds("15.3 a star in the middle is one", "release:f*r"),
    finds("15.3 an escaped star is one", String.raw`release:\*b`),
    finds("15.3 in a list", "release:[foobar, Foo-2]", "Foo-2", "foobar"),
    finds("15.3 not in a list", "!release:[foobar,Foo-2,a*b]", "Größe-Ä", "two words", "50%_off", "app@1.0.0+42"),
    finds("15.3 quoted", 'release:"two words"', "two words"),
    finds("15.3 terms are all to hold", "release:f* finalized:true", "foobar"),
    finds("15.3 terms are all to hold", "release:*o* !release:f*", "50%_off".replace("50%_off", "two words"), "50%_off", "Foo-2"),
    finds("15.3 release.build: by its text", "release.build:42", "app@1.0.0+42"),
    finds("15.3 created after", "release.created:>2026-01-06", "Größe-Ä"),
    finds("15.3 created from", "release.created:>=2026-01-06", "Größe-Ä", "two words"),
    finds("15.3 created before", "release.created:<2026-01-02", "foobar"),
    finds("15.3 created on a day", "release.created:2026-01-02", "Foo-2"),
    finds("15.3 not created on a day", "!release.created:2026-01-02 release.created:<2026-01-04", "app@1.0.0+42", "foobar"),
    refuses("15.3 an unknown key", "foo:bar", "Invalid key for this search: foo"),
    refuses("15.3 OR", "release:a OR release:b", 'Boolean statements containing "OR" or "AND" are not supported in this search'),
    refuses("15.3 AND", "a and b", 'Boolean statements containing "OR" or "AND" are not supported in this search'),
    refuses("15.3 no value", "release.version:", "Empty string after 'release.version:'"),
    refuses("15.3 a stray quote", 'release:"foo', `Invalid quote at '"foo': quotes must enclose text or be escaped.`),
    refuses("15.3 a stage without an environment", "release.stage:adopted", "Choose a single environment to filter by release stage."),
    {
      name: "15.3 ages: -2d is at most, +8d at least that age",
      steps: [
        at("2026-01-10T00:00:00Z"),
        get("O/releases/?query=release.created:-4d").lists("Größe-Ä", "two words"),
        get("O/releases/?query=release.created:%2B8d").lists("Foo-2", "foobar"),
      ],
    },
  ],
};

/** Stages need one environment; without sessions no release is in any (contract 15.3). */
export const stageScenarios: readonly Scenario[] = [
  {
    name: "15.3 a stage in one environment",
    steps: [
      release("1"),
      post("O/releases/1/deploys/", { environment: "prod" }).returns(201),
      post("O/releases/1/deploys/", { environment: "staging" }).returns(201),
      get("O/releases/?query=release.stage:adopted&environment=prod").lists(),
      get("O/releases/?query=release.stage:[adopted,low_adoption,replaced]&environment=prod").lists(),
      get("O/releases/?query=!release.stage:adopted&environment=prod").lists("1"),
      get("O/releases/?query=release.stage:adopted&environment=prod&environment=staging").returns(400, {
        detail: "Choose a single environment to filter by release stage.",
      }),
      get("O/releases/?query=release.stage:gone&environment=prod").returns(400, { detail: "Unsupported release.stage value." }),
    ],
  },
];

/** `release:latest` (contract 13.4). */
export const latestScenarios: readonly Scenario[] = [
  {
    name: "13.4 if versions are not semver, the latest is by release date, or else creation",
    steps: [
      releaseOn("2026-01-01", "a"),
      releaseOn("2026-01-02", "b"),
      releaseOn("2026-01-03", "c"),
      finalize("a", "2026-01-05"),
      get("O/releases/?query=release:latest").lists("a"),
      get("O/releases/?query=!release:latest").lists("c", "b"),
    ],
  },
  {
    name: "13.4 if they are semver, the latest is the highest version, regardless of its date",
    steps: [
      releaseOn("2026-01-01", "p@2.0.0"),
      releaseOn("2026-01-02", "p@1.9.0"),
      releaseOn("2026-01-03", "hotfix"),
      releaseOn("2026-01-04", "p@2.0.0-rc1"),
      get("O/releases/?query=release:latest").lists("p@2.0.0"),
    ],
  },
  {
    name: "13.4 the newest of two releases decides whether they are semver",
    steps: [releaseOn("2026-01-01", "p@2.0.0"), releaseOn("2026-01-02", "hotfix"), get("O/releases/?query=release:latest").lists("hotfix")],
  },
  {
    name: "13.4 each selected project has its own",
    steps: [
      releaseOn("2026-01-01", "a", "foo", "bar"),
      releaseOn("2026-01-02", "b", "foo"),
      releaseOn("2026-01-03", "z", "baz"),
      get("O/releases/?query=release:latest").lists("b", "a"),
      get("O/releases/?query=release:latest&project={foo}").lists("b"),
      get("O/releases/?query=release:latest&project={bar}").lists("a"),
    ],
  },
  {
    name: "13.4 archived releases are ignored, and without any release nothing is found",
    steps: [
      get("O/releases/?query=release:latest").lists(),
      releaseOn("2026-01-01", "a"),
      releaseOn("2026-01-02", "b"),
      archive("b"),
      get("O/releases/?query=release:latest&status=").lists("a"),
      archive("a"),
      get("O/releases/?query=release:latest&status=").lists(),
    ],
  },
];
