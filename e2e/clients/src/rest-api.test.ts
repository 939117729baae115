import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releasePath, restApi } from "./rest-api.ts";

const DEPLOY = { id: "1", environment: "production", name: null, url: null, dateStarted: null, dateFinished: "2026-05-08T12:00:00Z" };

const RESPONSES: Record<string, readonly [number, string]> = {
  "/api/0/organizations/acme/releases/missing/": [404, '{"detail":"The requested resource does not exist"}'],
  "/api/0/organizations/acme/releases/broken/": [500, '{"detail":"Internal Error"}'],
  "/api/0/organizations/acme/releases/half/": [200, '{"version":"half"}'],
  "/api/0/organizations/acme/releases/page/": [200, "<html>"],
  "/api/0/organizations/acme/releases/a%2Fb%20%C3%BC/deploys/": [200, JSON.stringify([DEPLOY])],
  "/api/0/organizations/acme/releases/naive/deploys/": [200, JSON.stringify([{ ...DEPLOY, dateFinished: "2026-05-08T12:00:00+00:00" }])],
};

describe("restApi", () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming.headers.authorization);
    const [status, text] = RESPONSES[incoming.url ?? ""] ?? [204, ""];
    outgoing.writeHead(status).end(text);
  });
  let url = "";
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  test("returns undefined for a missing release, and throws for a server error", async () => {
    const api = restApi(url, "t");
    expect(await api.findRelease("missing")).toBeUndefined();
    await expect(api.release("missing")).rejects.toThrow(/returned 404/);
    await expect(api.findRelease("broken")).rejects.toThrow(/returned 500: \{"detail":"Internal Error"\}/);
  });

  test("throws for a response that clients cannot read", async () => {
    const api = restApi(url, "t");
    await expect(api.findRelease("half")).rejects.toThrow(/dateCreated/);
    await expect(api.findRelease("page")).rejects.toThrow("returned invalid JSON: <html>");
    await expect(api.deploys("naive")).rejects.toThrow(/dateFinished/);
  });

  test("escapes versions, and reads a response without a body", async () => {
    expect(releasePath("a/b ü")).toBe("/organizations/acme/releases/a%2Fb%20%C3%BC/");
    expect(await restApi(url).deploys("a/b ü")).toEqual([DEPLOY]);
    expect(await restApi(url).send("DELETE", "/anything/")).toMatchObject({ status: 204, body: undefined });
  });

  test("sends the token, if any", async () => {
    seen.length = 0;
    await restApi(url, "t").send("GET", "/");
    await restApi(url).send("GET", "/");
    expect(seen).toEqual(["Bearer t", undefined]);
  });
});
