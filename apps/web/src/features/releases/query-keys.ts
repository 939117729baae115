/** A key of the query language, as shown in completions and advice (contract 15.3). */
export type QueryKey = {
  readonly key: string;
  readonly hint: string;
  /** A valid query with this key. */
  readonly example: string;
  /** Fixed values, each with a description. */
  readonly values: readonly (readonly [value: string, hint: string])[];
  /** Which values on the page are suggested. */
  readonly from?: "versions" | "numbers" | "packages";
};

export const QUERY_KEYS: readonly QueryKey[] = [
  {
    key: "release",
    hint: "the whole version; * at either end matches anything",
    example: "release:web@2.*",
    values: [["latest", "the latest of each project"]],
    from: "versions",
  },
  {
    key: "release.version",
    hint: "the version number: >=1.2, <2, 1.*",
    example: "release.version:>=1.2",
    values: [
      [">=", "this version and higher"],
      ["<", "lower versions"],
    ],
    from: "numbers",
  },
  { key: "release.package", hint: "the part before @", example: "release.package:web", values: [], from: "packages" },
  {
    key: "release.build",
    hint: "the build number: >1000, 42*",
    example: "release.build:>=1000",
    values: [
      [">=", "this build and later ones"],
      ["<", "earlier builds"],
    ],
  },
  {
    key: "release.created",
    hint: "creation date: -7d, +30d, >2026-01-31",
    example: "release.created:-7d",
    values: [
      ["-24h", "in the last 24 hours"],
      ["-7d", "in the last 7 days"],
      ["-30d", "in the last 30 days"],
      ["+30d", "more than 30 days ago"],
    ],
  },
  {
    key: "finalized",
    hint: "whether the release is finalized",
    example: "finalized:true",
    values: [
      ["true", "finalized"],
      ["false", "not finalized yet"],
    ],
  },
  {
    key: "release.stage",
    hint: "adoption in one environment; requires session data, which Landfall does not collect",
    example: "release.stage:adopted",
    values: [
      ["adopted", "used by many"],
      ["low_adoption", "used by few"],
      ["replaced", "no longer used much"],
    ],
  },
];
