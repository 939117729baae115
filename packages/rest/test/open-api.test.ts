import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { restHandler, ROUTES } from "../src/rest-handler.ts";

const Operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  responses: z.record(z.string(), z.unknown()),
  security: z.unknown().optional(),
});

const Document = z.looseObject({ openapi: z.literal("3.1.0"), paths: z.record(z.string(), z.record(z.string(), Operation)) });

describe("GET /api/0/openapi.json", () => {
  let test: TestApp;
  let response: Response;
  let document: z.infer<typeof Document>;
  beforeAll(async () => {
    test = await createTestApp();
    const rest = restHandler({ app: test.app, onBug: console.error });
    response = await rest(new Request("http://landfall.test/api/0/openapi.json"));
    document = Document.parse(await response.json());
  });
  afterAll(() => test.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it("is served as JSON without credentials", () => {
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
  });

  it("is a valid OpenAPI 3.1 document", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect([valid, validator.version]).toEqual([true, "3.1"]);
  });

  it("has a unique id for every operation", () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-zA-Z]+$/);
  });

  it("lists every served route and no other", () => {
    const documented = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    const served = ROUTES.map(({ method, path }) => `${method} /api/0${path.replace(/:(\w+)/g, "{$1}")}`);
    expect(documented.toSorted()).toEqual(served.toSorted());
  });

  it("declares exactly the parameters of each path, once", () => {
    for (const { path, method, operation } of operations()) {
      const { parameters = [] } = z
        .looseObject({ parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional() })
        .parse(operation);
      const inPath = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
      expect(inPath, `${method} ${path}`).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(new Set(parameters.map(({ name, in: where }) => `${where} ${name}`)).size, `${method} ${path}`).toBe(parameters.length);
    }
  });

  it("describes the required scopes of every route that has some, and marks the others as public", () => {
    for (const { method, path, operation } of operations()) {
      const route = ROUTES.find((one) => one.method.toLowerCase() === method && `/api/0${one.path.replace(/:(\w+)/g, "{$1}")}` === path);
      expect(operation.security, `${method} ${path}`).toEqual(route?.scope.length === 0 ? [] : undefined);
    }
  });
});
