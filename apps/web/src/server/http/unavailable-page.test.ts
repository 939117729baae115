import { createServer, type IncomingMessage } from "node:http";
import { StoreError } from "@landfall/db/store-error";
import { expect, onTestFinished, test, vi } from "vitest";
import { listen } from "./http-server.ts";
import { withUnavailablePage } from "./unavailable-page.ts";

async function serving(failure: Error | null) {
  const onFailure = vi.fn();
  const ping = () => (failure ? Promise.reject(failure) : Promise.resolve());
  const pages = (_: IncomingMessage, response: Parameters<ReturnType<typeof withUnavailablePage>>[1]) => void response.end("a page");
  const handle = withUnavailablePage({ store: { ping }, pages, onFailure });
  const server = createServer((request, response) => void handle(request, response));
  onTestFinished(() => void server.close());
  return { url: await listen(server, { host: "127.0.0.1", port: 0 }), onFailure };
}

test("serves pages while the database can be read", async () => {
  const { url, onFailure } = await serving(null);
  expect(await (await fetch(`${url}/organizations/acme`)).text()).toBe("a page");
  expect(onFailure).not.toHaveBeenCalled();
});

test("responds with 503 and a page that reloads while the database cannot be read", async () => {
  const lost = new StoreError("unreachable", "PostgreSQL at db:5432");
  const { url, onFailure } = await serving(lost);
  const response = await fetch(`${url}/organizations/acme`, { headers: { "x-request-id": "r-1" } });
  expect([response.status, response.headers.get("retry-after"), response.headers.get("cache-control")]).toEqual([503, "2", "no-store"]);
  const html = await response.text();
  expect(html).toContain('<meta http-equiv="refresh" content="2">');
  expect(html).toContain("The server cannot reach its database.");
  expect(html).not.toContain("db:5432");
  expect(onFailure).toHaveBeenCalledExactlyOnceWith(lost, "r-1");
});

test("responds with 500 and no Retry-After if the database is damaged", async () => {
  const { url } = await serving(Object.assign(new Error("x"), { code: "SQLITE_CORRUPT" }));
  const response = await fetch(url);
  expect([response.status, response.headers.get("retry-after")]).toEqual([500, null]);
  expect(await response.text()).not.toContain("http-equiv");
});

test.each([
  ["/_next/static/a.js", "GET"],
  ["/docs", "GET"],
  ["/docs/troubleshooting", "GET"],
  ["/organizations/acme", "POST"],
])("passes %s by %s to the pages", async (path, method) => {
  const { url } = await serving(new StoreError("unreachable", "x"));
  expect(await (await fetch(url + path, { method })).text()).toBe("a page");
});
