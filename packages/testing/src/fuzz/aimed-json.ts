import type { JsonSchema } from "@landfall/schema/fields/json-schema";
import fc from "fast-check";
import { fittingText, type Known, unfittingText } from "./aimed-text.ts";
import { objectText, oddJson } from "./odd-json.ts";
import { oddText } from "./odd-text.ts";

/** The field a text is for, what is known to exist, and how many of a hundred values are to be wrong. */
export type Aim = { readonly name: string; readonly known: Known; readonly wrong: number };

/**
 * JSON texts for a field of this schema. With `wrong` at 0 nearly all of them are what the schema asks for, so that what lies behind
 * the first checks is reached; the more is wrong, the more values are of other kinds, members missing, unknown or given twice.
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
