import { toInputSchema } from "@landfall/schema/fields/json-schema";
import * as z from "zod";
import { hasBody, REST_PATH, type Route } from "./route.ts";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the routes. A fuzzer compares it with the responses of the server. */
export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  const schemas: Json = { ...FAILURES };
  for (const route of routes) {
    const path = `${REST_PATH}${route.path.replace(/:(\w+)/g, "{$1}")}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Landfall",
      version: "0",
      summary: "Releases on Sentry's wire",
      description: "What shipped, where it runs, who wrote it. Lists are paged by the Link header.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "A user token (sntryu_…) or an organization token (sntrys_…)." },
      },
      schemas,
    },
  };
}

function operationOf(route: Route, schemas: Json): Json {
  const input = route.input === null ? {} : toInputSchema(route.input);
  const request = route.form ? { "multipart/form-data": { schema: toInputSchema(route.form) } } : { "application/json": { schema: input } };
  const parameters = [...pathParameters(route.path), ...(hasBody(route) ? [] : queryParameters(input))];
  return {
    summary: route.summary,
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^a-zA-Z]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    ...(route.scope.length === 0 ? { security: [] } : { description: `Needs one of the scopes ${route.scope.join(", ")}.` }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody(route) ? { requestBody: { required: needsBody(route, input), content: request } } : {}),
    responses: {
      ...responsesOf(route, schemas),
      default: { description: "A failure", content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } } },
    },
  };
}

/** A body without required fields may be omitted. */
const needsBody = ({ form }: Route, { required }: Json): boolean => form !== null || (Array.isArray(required) && required.length > 0);

/** The bodies of failures (docs/rest.md): one message, or messages by field, which nest as the input does. */
const FAILURES: Json = {
  Failure: {
    anyOf: [
      { type: "object", properties: { detail: { type: "string" } }, required: ["detail"] },
      { type: "object", properties: { detail: { $ref: "#/components/schemas/Problem" } }, required: ["detail"] },
      { type: "object", properties: { error: { type: "string" } }, required: ["error"] },
      { type: "object", properties: { error_type: { const: "validation" } }, required: ["error_type"] },
      { $ref: "#/components/schemas/FieldErrors" },
    ],
  },
  Problem: {
    type: "object",
    properties: { code: { type: "string" }, message: { type: "string" }, extra: { type: "object" } },
    required: ["code", "message"],
  },
  FieldErrors: {
    type: "object",
    minProperties: 1,
    additionalProperties: {
      anyOf: [{ type: "array", items: { type: "string" }, minItems: 1 }, { $ref: "#/components/schemas/FieldErrors" }],
    },
  },
};

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: "path", required: true, schema: { type: "string" } }));

function queryParameters({ properties }: Json): Json[] {
  if (typeof properties !== "object" || properties === null) return [];
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}

function responsesOf({ responses, isPaged }: Route, schemas: Json): Json {
  const entries = Object.entries(responses).map(([status, schema]) => {
    const link = { Link: { description: "The previous and the next page", schema: { type: "string" } } };
    const content = schema === null ? {} : { content: contentOf(schema, schemas) };
    return [status, { description: DESCRIPTIONS[status] ?? "OK", ...(isPaged ? { headers: link } : {}), ...content }];
  });
  return Object.fromEntries(entries);
}

function contentOf(declared: NonNullable<Route["responses"][number]>, schemas: Json): Json {
  const kinds = declared === "bytes" ? [declared] : [declared].flat();
  return Object.fromEntries(
    kinds.map((kind) =>
      kind === "bytes"
        ? ["application/octet-stream", { schema: { type: "string", format: "binary" } }]
        : ["application/json", { schema: outputSchema(kind, schemas) }],
    ),
  );
}

/** The schema of a response. Schemas in it that have an id (`meta({ id })`) become components of the document. */
function outputSchema(schema: z.ZodType, schemas: Json): unknown {
  const { $schema: _dialect, $defs = {}, ...json } = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" });
  Object.assign(schemas, toComponents($defs));
  return toComponents(json);
}

/** The same JSON Schema with references to the document's components, and without zod's ids. */
const toComponents = (json: object): object =>
  JSON.parse(
    JSON.stringify(json, (key, value: unknown) => (key === "id" && typeof value === "string" ? undefined : value)).replaceAll(
      "#/$defs/",
      "#/components/schemas/",
    ),
  );

const DESCRIPTIONS: Record<string, string> = {
  201: "Created",
  202: "Accepted",
  204: "Done, without a body",
  208: "Already reported",
};
