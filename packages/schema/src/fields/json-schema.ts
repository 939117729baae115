import * as z from "zod";

/** A JSON Schema document of the 2020-12 dialect, as OpenAPI 3.1 uses it. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Describes the input of a schema as JSON Schema 2020-12, without the `$schema` keyword (OpenAPI 3.1 has it once). */
export function toInputSchema(schema: z.ZodType): JsonSchema {
  const described: JsonSchema = z.toJSONSchema(schema, { io: "input", target: "draft-2020-12", unrepresentable: "any" });
  delete described.$schema;
  return described;
}
