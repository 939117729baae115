import { describe, expect, it } from "vitest";
import { body, list, object } from "./composites.ts";
import { dateTime } from "./dates.ts";
import { toInputSchema } from "./json-schema.ts";
import { commitReference, environmentName, projectReference, releaseVersion, slug } from "./names.ts";
import { integer } from "./numbers.ts";
import { oneOf, text } from "./text.ts";
import { url } from "./url.ts";

/** Texts may be sent as numbers (contract 1.19). */
const TEXT = ["string", "number"];

describe("toInputSchema", () => {
  it.each([
    ["text", text({ max: 5 }), { type: TEXT, minLength: 1, maxLength: 5 }],
    ["blank text", text({ blank: true }), { type: TEXT }],
    ["dateTime", dateTime(), { type: "string", format: "date-time" }],
    ["url", url({ max: 200 }), { type: TEXT, format: "uri", maxLength: 200 }],
    ["choice", oneOf(["open", "archived"], { invalid: String }), { type: "string", enum: ["open", "archived"] }],
    ["integer", integer({ min: 1, max: 100 }), { type: "integer", minimum: 1, maximum: 100 }],
    ["slug", slug(), { type: TEXT, minLength: 1, maxLength: 50, pattern: "^(?![0-9]+$)[a-z0-9_-]+$" }],
    ["version", releaseVersion(), { type: TEXT, minLength: 1, maxLength: 200, pattern: String.raw`^[^\r\n\f\t/\\]*$` }],
    ["environment", environmentName(), { type: TEXT, minLength: 1, maxLength: 64, pattern: String.raw`^[^\r\n\f/]*$` }],
    ["commit reference", commitReference(), { type: TEXT, minLength: 1, maxLength: 130 }],
    ["list", list(text(), { empty: false, max: 9 }), { type: "array", minItems: 1, maxItems: 9, items: { type: TEXT, minLength: 1 } }],
  ])("describes a %s", (_name, schema, described) => {
    expect(toInputSchema(schema)).toEqual(described);
  });

  it("describes a project reference as text or number", () => {
    expect(toInputSchema(projectReference())).toMatchObject({ anyOf: [{ type: "string" }, { type: "integer" }] });
  });

  it("describes a nested body: which members are required, which may be null, and their types", () => {
    const commit = object({ id: text({ max: 64 }), timestamp: dateTime().nullish(), message: text({ blank: true }).nullable() });
    const release = body({
      version: text().describe("Its name"),
      commits: list(commit).optional(),
      weight: integer({ min: 0, max: 9 }).default(3),
    });
    expect(toInputSchema(release)).toEqual({
      type: "object",
      properties: {
        version: { type: TEXT, minLength: 1, description: "Its name" },
        commits: {
          type: "array",
          items: {
            type: "object",
            properties: {
              id: { type: TEXT, minLength: 1, maxLength: 64 },
              timestamp: { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] },
              message: { type: [...TEXT, "null"] },
            },
            required: ["id", "message"],
          },
        },
        weight: { type: "integer", minimum: 0, maximum: 9, default: 3 },
      },
      required: ["version"],
    });
  });

  it("describes a refined or described copy like its original", () => {
    const commit = object({ id: text() });
    const expected = { type: "object", properties: { id: { type: TEXT, minLength: 1 } }, required: ["id"] };
    expect(toInputSchema(commit.refine(() => true))).toEqual(expected);
    expect(toInputSchema(list(commit.describe("A commit")).refine(() => true))).toEqual({
      type: "array",
      items: { ...expected, description: "A commit" },
    });
  });

  it("keeps descriptions and examples of the fields", () => {
    expect(toInputSchema(slug().meta({ description: "The project", examples: ["pump-station"] }))).toMatchObject({
      type: TEXT,
      description: "The project",
      examples: ["pump-station"],
    });
  });
});
