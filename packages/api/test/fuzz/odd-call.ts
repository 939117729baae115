import { type JsonSchema, toInputSchema } from "@landfall/schema/fields/json-schema";
import { aimedJson, type Known } from "@landfall/testing/fuzz/aimed-values";
import { DEEP, objectText, oddJson } from "@landfall/testing/fuzz/odd-values";
import fc from "fast-check";
import type { ServedOperation, ServedProcedure } from "../../src/trpc.ts";

/** A call as it is sent: the input of a query is in the URL, that of a mutation in the body. */
export type OddCall = { readonly method: "GET" | "POST"; readonly search: string; readonly body: string; readonly contentType: string };

/** Random calls of a procedure: mostly inputs for its fields, also any JSON, texts that are not JSON, batches, and the wrong method. */
export function oddCall({ type, operation }: ServedProcedure, known: Known): fc.Arbitrary<OddCall> {
  const schema = flatSchema(operation);
  const fields = Object.keys(schema.properties ?? {});
  const aimed = fc.oneof(...[0, 3, 20].map((wrong) => aimedJson(schema, { name: "", known, wrong })));
  const input = fc.oneof(
    { weight: 30, arbitrary: aimed },
    { weight: 4, arbitrary: oddJson },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...(fields.length > 0 ? fields : ["x"]))
        .map((name) => objectText([[name, type === "query" ? "[".repeat(50) : DEEP.object]])),
    },
    { weight: 2, arbitrary: fc.constantFrom("", "{", "nul", "\ufeff{}", "{}{}", "NaN", "\0", "{'a':1}") },
  );
  const method = type === "query" ? "GET" : "POST";
  const contentType = fc.oneof(
    { weight: 15, arbitrary: fc.constant("application/json") },
    { weight: 1, arbitrary: fc.constantFrom("text/plain", "application/octet-stream", "multipart/form-data", "") },
  );
  return fc.oneof(
    { weight: 20, arbitrary: fc.tuple(input, contentType).map(([text, header]) => asCall(method, text, header)) },
    { weight: 1, arbitrary: input.map((text) => asCall(method === "GET" ? "POST" : "GET", text, "application/json")) },
    {
      weight: 2,
      arbitrary: input.map((text) => ({
        ...asCall(method, `{"0":${text}}`, "application/json"),
        ...(method === "POST" ? { search: "?batch=1" } : { search: `?batch=1&${query(`{"0":${text}}`)}` }),
      })),
    },
  );
}

function asCall(method: "GET" | "POST", text: string, contentType: string): OddCall {
  return method === "GET" ? { method, search: `?${query(text)}`, body: "", contentType } : { method, search: "", body: text, contentType };
}

const query = (text: string): string => `input=${encodeURIComponent(text.toWellFormed())}`;

/** The parameters and the input of an operation as one schema, since they are sent as one object. */
function flatSchema({ params, input }: ServedOperation): JsonSchema {
  const [first, second] = [toInputSchema(params), toInputSchema(input)];
  return {
    type: "object",
    properties: { ...second.properties, ...first.properties },
    required: [...(first.required ?? []), ...(second.required ?? [])],
  };
}
