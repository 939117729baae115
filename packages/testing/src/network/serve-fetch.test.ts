import { expect, test } from "vitest";
import { serveFetch } from "./serve-fetch.ts";

test("passes requests to the handler unchanged, and records them", async () => {
  await using served = await serveFetch(async (request) => {
    const body = await request.text();
    return new Response(`${request.method} ${new URL(request.url).search} ${request.headers.get("x-a")} ${body}`, {
      status: 202,
      headers: { "x-b": "2" },
    });
  });
  const response = await fetch(`${served.url}/path?q=1`, { method: "POST", body: "héllo", headers: { "x-a": "1" } });
  expect([response.status, response.headers.get("x-b"), await response.text()]).toEqual([202, "2", "POST ?q=1 1 héllo"]);
  expect(await (await fetch(served.url)).text()).toBe("GET  null ");
  expect(served.requests.map(({ method, url, bytes }) => [method, url, bytes])).toEqual([
    ["POST", "/path?q=1", 6],
    ["GET", "/", 0],
  ]);
  expect(served.requests[0]?.headers["content-length"]).toBe("6");
});

test("responds with 500 and the handler's error", async () => {
  await using served = await serveFetch(() => Promise.reject(new Error("broken")));
  const response = await fetch(served.url);
  expect([response.status, await response.text()]).toEqual([500, "Error: broken"]);
});

test("does not respond after closing", async () => {
  const served = await serveFetch(async () => new Response("here"));
  await served.close();
  await expect(fetch(served.url)).rejects.toThrow("fetch failed");
});
