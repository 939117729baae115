import fc from "fast-check";
import { oddText, textOfLength } from "./odd-text.ts";

/** The part of a JSON Schema that says which texts fit. */
export type TextSchema = {
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
};

/** Texts that mean something, by the name of the field they stand in. */
export type Known = Readonly<Record<string, readonly string[]>>;

const DATES = ["2018-12-19T19:25:49.971Z", "2018-12-19", "20181219", "2018-12-19 19:25", "1000-10-10T06:06", "9999-12-31T23:59:59.999999Z"];
const NO_DATES = [
  "0001-01-01T00:00:00+14:00",
  "9999-12-31T23:59:59-14:00",
  "2018-02-30",
  "2018-12-19T24:00:00Z",
  "2018-12-19T19:25:60Z",
  "1545247549",
  "now",
];
const URLS = ["https://example.com/a?b#c", "http://[::1]:8080/", "ftp://localhost"];
const NO_URLS = ["javascript:alert(1)", "//example.com", "http://exa mple.com", "http://", `https://example.com/${"a".repeat(200)}`];

const FITTING: Known = {
  cursor: ["", "0:0:0", "100:1:0", "2:1:0", "2:0:1", "1:9007199254740991:0", "9007199254740991:1:0", "1545247549971:1:0", "1:2:1"],
  per_page: ["1", "2", "100"],
  query: [
    "1.0",
    "release:1.*",
    "release:[1.0,2.0]",
    "!release:latest",
    "release:latest",
    "release.version:>=1.0",
    "release.version:1.*",
    "!release.version:app@1.2.3.4-rc",
    "release.build:>5",
    "release.build:a*",
    "release.package:app",
    "finalized:true",
    "release.created:-7d",
    "release.created:>2018-01-01",
    "%_\\",
    "release.version:>99999999999999999999",
    `release:${"*".repeat(200)}`,
    "[".repeat(2000),
  ],
  statsPeriod: ["14d", "24h", "90"],
  start: ["2018-01-01"],
  end: ["2018-12-31"],
  version: ["2.0", "app@1.2.3-rc.1+5", "1.2.1 (123)"],
  slug: ["one", "two", "acme", "pump", "crew"],
  email: ["ada@example.com", "eve@example.com"],
};

/** Just beside what fits. */
const UNFITTING: Known = {
  cursor: ["100:-1:1", "100:-1:0", "-1:-1:-1", "-5:3:1", `${"9".repeat(30)}:0:0`, "a:b:c", "::", "1:2", "1:2:3:4", "1e3:0:0"],
  per_page: ["101", "0", "-1", "1e3", "5 ", "+7", "1.5", "٣", "9".repeat(30)],
  query: ["release.stage:adopted", "foo:bar", '"', "a OR b", "release:", "((", "release.build:999999999999999999999"],
  statsPeriod: ["0d", "999999999999d", "1x", "-1d"],
  start: ["9999-12-31T23:59:59", "null"],
  end: ["0001-01-01", "null"],
  project: ["-1", "0", "2147483648"],
  projectSlug: ["$all"],
  slug: ["A", "1", "-", "a--b"],
};

/** Texts that fit a field called `name`; those `known` to exist come first. */
export function fittingText(schema: TextSchema, name: string, known: Known): fc.Arbitrary<string> {
  const { enum: choices, format, minLength = 0, maxLength = 20 } = schema;
  if (choices !== undefined) return fc.constantFrom(...choices.filter((choice) => typeof choice === "string"));
  const named = [...(known[name] ?? []), ...(FITTING[name] ?? [])];
  if (named.length > 0) return fc.constantFrom(...named);
  if (format === "date-time") return fc.constantFrom(...DATES);
  if (format === "uri") return fc.constantFrom(...URLS);
  return fc.oneof(
    { weight: 5, arbitrary: words(minLength, Math.min(maxLength, 20)) },
    { weight: 1, arbitrary: fc.constant(textOfLength(Math.min(maxLength, 1000))) },
  );
}

/** Texts that do not fit, or only just. */
export function unfittingText({ format, maxLength = 1000 }: TextSchema, name: string): fc.Arbitrary<string> {
  const beside = [
    ...(format === "date-time" ? NO_DATES : []),
    ...(format === "uri" ? NO_URLS : []),
    ...(UNFITTING[name] ?? []),
    textOfLength(maxLength + 1),
  ];
  return fc.oneof(fc.constantFrom(...beside), oddText);
}

const words = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(..."abcXYZ019.-_@+ é\u{1f680}"), minLength, maxLength })
    .filter((text) => minLength === 0 || text.trim() !== "");
