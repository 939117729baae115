import { describe, expect, test } from "vitest";
import { sentryReader } from "./read-sentry.ts";

const SOURCE = { url: "https://sentry.example.test/", organization: "acme", token: "secret" };

/** Creates a reader of a server that returns these responses one after the other. */
function readerOf(...responses: Response[]) {
  const urls: string[] = [];
  const waits: number[] = [];
  const reader = sentryReader(
    {
      fetch: async (url) => {
        urls.push(url);
        return responses.shift() ?? Response.json([]);
      },
      signal: new AbortController().signal,
      wait: async (milliseconds) => void waits.push(milliseconds),
    },
    SOURCE,
  );
  return { reader, urls, waits };
}

const link = (cursor: string, hasMore: boolean) =>
  `<https://other.example.test/?cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", ` +
  `<https://other.example.test/?cursor=${cursor}>; rel="next"; results="${hasMore}"; cursor="${cursor}"`;

const commit = (id: string, more: object = {}) => ({ id, dateCreated: "2026-01-01T00:00:00Z", ...more });

describe("sentryReader", () => {
  test("reads all pages from its own server", async () => {
    const { reader, urls } = readerOf(
      Response.json([commit("a"), commit("b")], { headers: { link: link("0:100:0", true) } }),
      Response.json([commit("c")], { headers: { link: link("0:200:0", false) } }),
    );
    expect((await Array.fromAsync(reader.commits("web@1.0.0 ä"))).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    const base = "https://sentry.example.test/api/0/organizations/acme/releases/web%401.0.0%20%C3%A4/commits/?per_page=100";
    expect(urls).toEqual([base, `${base}&cursor=0%3A100%3A0`]);
  });

  test("accepts what Sentry leaves out", async () => {
    const { reader } = readerOf(
      Response.json([commit("a", { author: {}, message: null, repository: null }), commit("b", { author: { name: "Ada", email: null } })]),
    );
    expect(await Array.fromAsync(reader.commits("1"))).toMatchObject([
      { id: "a", author: { name: null, email: null }, repository: null },
      { author: { name: "Ada" } },
    ]);
  });

  test("waits as long as the server asks, at most a minute, and gives up after six attempts", async () => {
    const limited = (after: string) => new Response("", { status: 429, headers: { "retry-after": after } });
    const { reader, waits } = readerOf(limited("3"), limited("100000"), new Response("", { status: 502 }), Response.json([]));
    expect(await Array.fromAsync(reader.releases())).toEqual([]);
    expect(waits).toEqual([3_000, 60_000, 8_000]);
    const failing = readerOf(...Array.from({ length: 6 }, () => new Response("", { status: 503 })));
    await expect(Array.fromAsync(failing.reader.deploys("1"))).rejects.toMatchObject({ exit: "server" });
    expect(failing.urls).toHaveLength(6);
  });

  test("rejects data of another kind", async () => {
    for (const body of ["{}", "[1]", "no json", '[{"version":1}]']) {
      await expect(Array.fromAsync(readerOf(new Response(body)).reader.releases())).rejects.toMatchObject({ exit: "network" });
    }
  });
});
