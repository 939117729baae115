/** A key of the search language, for whoever writes it (contract 15.3). */
export type QueryKey = {
  readonly key: string;
  readonly hint: string;
  /** A search with it that is right. */
  readonly example: string;
  /** Values that always make sense, as written, each with what it finds. */
  readonly values: readonly (readonly [value: string, hint: string])[];
  /** Which of what is on the page its values begin with. */
  readonly from?: "versions" | "numbers" | "packages";
};

export const QUERY_KEYS: readonly QueryKey[] = [
  {
    key: "release",
    hint: "the whole version; * at an end stands for anything",
    example: "release:web@2.*",
    values: [["latest", "the newest of each project"]],
    from: "versions",
  },
  {
    key: "release.version",
    hint: "its number: >=1.2, <2, 1.*",
    example: "release.version:>=1.2",
    values: [
      [">=", "this version and higher"],
      ["<", "lower versions"],
    ],
    from: "numbers",
  },
  { key: "release.package", hint: "what stands before @", example: "release.package:web", values: [], from: "packages" },
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
    hint: "when it was created: -7d, +30d, >2026-01-31",
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
    hint: "whether it was released",
    example: "finalized:true",
    values: [
      ["true", "released"],
      ["false", "not released yet"],
    ],
  },
  {
    key: "release.stage",
    hint: "adoption in one environment; needs session data, which is not collected here",
    example: "release.stage:adopted",
    values: [
      ["adopted", "used by many"],
      ["low_adoption", "used by few"],
      ["replaced", "hardly used any more"],
    ],
  },
];
