import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { ROUTES } from "../rest-handler.ts";
import { openApiDocument } from "./open-api.ts";
import type { Route } from "./route.ts";

const Operation = z.strictObject({
  summary: z.string().min(1),
  operationId: z.string().regex(/^(get|post|put|delete)[A-Za-z]*$/),
  description: z.string().optional(),
  security: z.tuple([]).optional(),
  parameters: z
    .array(z.strictObject({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean(), schema: z.looseObject({}) }))
    .optional(),
  requestBody: z
    .strictObject({
      required: z.boolean(),
      content: z.union([
        z.strictObject({ "application/json": z.strictObject({ schema: z.looseObject({}) }) }),
        z.strictObject({ "multipart/form-data": z.strictObject({ schema: z.looseObject({}) }) }),
      ]),
    })
    .optional(),
  responses: z.record(
    z.string(),
    z.strictObject({ description: z.string().min(1), headers: z.looseObject({}).optional(), content: z.looseObject({}).optional() }),
  ),
});

/** The part of OpenAPI 3.1 that the document uses. */
const Document = z.strictObject({
  openapi: z.literal("3.1.0"),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  security: z.array(z.strictObject({ bearer: z.array(z.never()) })),
  paths: z.record(z.string().startsWith("/api/0/"), z.partialRecord(z.enum(["get", "post", "put", "delete"]), Operation)),
  components: z.strictObject({
    securitySchemes: z.strictObject({ bearer: z.looseObject({}) }),
    schemas: z.record(z.string(), z.looseObject({})),
  }),
});

let document: z.output<typeof Document>;
let text: string;

beforeAll(() => {
  text = JSON.stringify(openApiDocument(ROUTES));
  document = Document.parse(JSON.parse(text));
});

/** Needs one of two fields, which `required` cannot express. */
const NEEDS_ONE = "/organizations/:organization/teams/";

const acceptsNothing = ({ path, input, form }: Route): boolean =>
  form === null && (path === NEEDS_ONE || input?.safeParse({}).success === true);

const operationOf = ({ method, path }: Pick<Route, "method" | "path">) => {
  const key = ({ GET: "get", POST: "post", PUT: "put", DELETE: "delete" } as const)[method];
  return document.paths[`/api/0${path.replaceAll(/:(\w+)/g, "{$1}")}`]?.[key];
};

describe("the document describes the served routes", () => {
  test("with every route and no other", () => {
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(documented.toSorted()).toEqual(
      ROUTES.map(({ method, path }) => `${method.toLowerCase()} /api/0${path.replaceAll(/:(\w+)/g, "{$1}")}`).toSorted(),
    );
  });

  test.for(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", ([, route]) => {
    const operation = operationOf(route);
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    expect(operation?.parameters?.filter((parameter) => parameter.in === "path").map(({ name }) => name) ?? []).toEqual(names);
    const hasBody = route.method === "POST" || route.method === "PUT";
    expect(operation?.requestBody !== undefined).toBe(hasBody);
    if (hasBody && operation?.requestBody?.required === false) expect(acceptsNothing(route)).toBe(true);
    if (hasBody) expect(operation?.parameters?.some((parameter) => parameter.in === "query") ?? false).toBe(false);
    expect(Object.keys(operation?.responses ?? {})).toEqual([...Object.keys(route.responses), "default"]);
    for (const [status, schema] of Object.entries(route.responses)) {
      expect([status, operation?.responses[status]?.content !== undefined]).toEqual([status, schema !== null]);
      expect([status, operation?.responses[status]?.headers !== undefined]).toEqual([status, route.isPaged]);
    }
    expect(operation?.security).toEqual(route.scope.length === 0 ? [] : undefined);
    for (const scope of route.scope) expect(operation?.description).toContain(scope);
  });
});

describe("the document is consistent", () => {
  test("operation ids are unique", () => {
    const ids = ROUTES.map((route) => operationOf(route)?.operationId);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test("every reference has a component, and every component is referenced", () => {
    const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? ""));
    const components = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...references].toSorted()).toEqual(components.toSorted());
  });

  test("extensions of zod are removed", () => {
    expect(text).not.toMatch(/"\$schema"|"\$defs"|"~standard"/);
  });

  test("a field called id is kept", () => {
    const route: Route = {
      method: "GET",
      path: "/x/:id/",
      summary: "X",
      scope: ["org:read"],
      input: z.object({ id: z.string(), q: z.string().optional() }),
      form: null,
      limits: { bytes: 0, elements: 0 },
      responses: { 200: z.object({ id: z.string() }).meta({ id: "Thing" }), 204: null },
      isPaged: false,
      repeatable: [],
      authorize() {
        throw new Error("not run");
      },
    };
    const parsed = Document.parse(JSON.parse(JSON.stringify(openApiDocument([route]))));
    expect(parsed.components.schemas["Thing"]).toMatchObject({ properties: { id: { type: "string" } }, required: ["id"] });
    expect(parsed.paths["/api/0/x/{id}/"]?.get).toMatchObject({
      operationId: "getXId",
      parameters: [{ name: "id", in: "path" }, { name: "id", in: "query" }, { name: "q" }],
    });
  });
});
