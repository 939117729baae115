import type { JsonSchema } from "@landfall/schema/fields/json-schema";
import fc from "fast-check";
import { objectText, oddJson, oddText, textOfLength } from "./odd-values.ts";

/** The name of the field, the existing names, and the percentage of invalid values. */
export type Aim = { readonly name: string; readonly known: Known; readonly wrong: number };

/**
 * JSON texts for a field of this schema. With `wrong` at 0 nearly all of them are valid, so that the code behind the first checks runs;
 * the higher it is, the more values have another type and the more members are missing, unknown or repeated.
 */
export function aimedJson(schema: JsonSchema, aim: Aim): fc.Arbitrary<string> {
  const fitting = fittingJson(schema, aim);
  return aim.wrong === 0
    ? fitting
    : fc.oneof({ weight: 100 - aim.wrong, arbitrary: fitting }, { weight: aim.wrong, arbitrary: wrongJson(schema, aim) });
}

function fittingJson(schema: JsonSchema, aim: Aim): fc.Arbitrary<string> {
  const kinds = [...(schema.anyOf ?? []).map((one) => fittingJson(one, aim)), ...typesOf(schema).map((type) => ofType(type, schema, aim))];
  return kinds.length === 0 ? oddJson : fc.oneof(...kinds);
}

const wrongJson = (schema: JsonSchema, { name }: Aim): fc.Arbitrary<string> =>
  fc.oneof(
    oddJson,
    unfittingText(schema, name).map((text) => JSON.stringify(text)),
  );

function ofType(type: string, schema: JsonSchema, aim: Aim): fc.Arbitrary<string> {
  switch (type) {
    case "string":
      return fittingText(schema, aim.name, aim.known).map((text) => JSON.stringify(text));
    case "integer":
    case "number":
      return fc.integer({ min: 1, max: 2 }).map(String);
    case "boolean":
      return fc.constantFrom("true", "false");
    case "null":
      return fc.constant("null");
    case "array":
      return fc
        .array(aimedJson(itemsOf(schema), aim), { minLength: schema.minItems ?? 0, maxLength: 3 })
        .map((items) => `[${items.join(",")}]`);
    case "object":
      return membersOf(schema, aim);
    default:
      return oddJson;
  }
}

function membersOf({ properties = {}, required = [] }: JsonSchema, { known, wrong }: Aim): fc.Arbitrary<string> {
  const declared = Object.entries(properties).map(([name, member]) => {
    const value = aimedJson(typeof member === "boolean" ? {} : member, { name, known, wrong }).map((text) => [[name, text] as const]);
    const weight = required.includes(name) ? wrong : Math.max(wrong, 40);
    return weight === 0 ? value : fc.oneof({ weight: 100 - weight, arbitrary: value }, { weight, arbitrary: fc.constant([]) });
  });
  const names = Object.keys(properties);
  const stranger = fc.tuple(
    names.length > 0 && wrong > 0 ? fc.oneof(oddText, fc.constantFrom(...names)) : oddText.filter((name) => !names.includes(name)),
    oddJson,
  );
  const strangers = fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(stranger, { maxLength: 2 }) });
  return fc.tuple(strangers, ...declared).map(([extra, ...members]) => objectText([...extra, ...members.flat()]));
}

const typesOf = ({ type }: JsonSchema): string[] => (type === undefined ? [] : Array.isArray(type) ? type : [type]);

const itemsOf = ({ items }: JsonSchema): JsonSchema => (typeof items === "object" && !Array.isArray(items) ? items : {});

/** The part of a JSON Schema that describes texts. */
export type TextSchema = {
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
};

/** Meaningful texts, by field name. */
export type Known = Readonly<Record<string, readonly string[]>>;

const DATES = ["2018-12-19T19:25:49.971Z", "2018-12-19", "20181219", "2018-12-19 19:25", "1000-10-10T06:06", "9999-12-31T23:59:59.999999Z"];

const INVALID_DATES = [
  "0001-01-01T00:00:00+14:00",
  "9999-12-31T23:59:59-14:00",
  "2018-02-30",
  "2018-12-19T24:00:00Z",
  "2018-12-19T19:25:60Z",
  "1545247549",
  "now",
];

const URLS = ["https://example.com/a?b#c", "http://[::1]:8080/", "ftp://localhost"];
const INVALID_URLS = ["javascript:alert(1)", "//example.com", "http://exa mple.com", "http://", `https://example.com/${"a".repeat(200)}`];

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

/** Texts that are nearly valid. */
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

/** Valid texts for a field called `name`; existing ones come first. */
export function fittingText(schema: TextSchema, name: string, known: Known): fc.Arbitrary<string> {
  const { enum: choices, format, minLength = 0, maxLength = 20 } = schema;
  if (choices !== undefined) return fc.constantFrom(...choices.filter((choice) => typeof choice === "string"));
  const texts = [...(known[name] ?? []), ...(FITTING[name] ?? [])];
  if (texts.length > 0) return fc.constantFrom(...texts);
  if (format === "date-time") return fc.constantFrom(...DATES);
  if (format === "uri") return fc.constantFrom(...URLS);
  return fc.oneof(
    { weight: 5, arbitrary: words(minLength, Math.min(maxLength, 20)) },
    { weight: 1, arbitrary: fc.constant(textOfLength(Math.min(maxLength, 1000))) },
  );
}

/** Texts that are not valid, or barely. */
export function unfittingText({ format, maxLength = 1000 }: TextSchema, name: string): fc.Arbitrary<string> {
  const beside = [
    ...(format === "date-time" ? INVALID_DATES : []),
    ...(format === "uri" ? INVALID_URLS : []),
    ...(UNFITTING[name] ?? []),
    textOfLength(maxLength + 1),
  ];
  return fc.oneof(fc.constantFrom(...beside), oddText);
}

const words = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(..."abcXYZ019.-_@+ é\u{1f680}"), minLength, maxLength })
    .filter((text) => minLength === 0 || text.trim() !== "");
