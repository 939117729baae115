import { describe, expect, test } from "vitest";
import { LandfallError } from "./landfall-error.ts";
import { type Fetch, send } from "./send.ts";

const ADDRESS = "https://lf.test/api/trpc/releases.get";
const MINUTE = 60_000;

/** Fails as node's fetch does: the reason is in the cause. */
function failing(code: string, message = ""): Fetch {
  return async () => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(message), code === "" ? {} : { code }) });
  };
}

const answering =
  (body: string, init: ResponseInit = {}): Fetch =>
  async () =>
    new Response(body, init);

const thrown = async (fetch: Fetch, init: RequestInit = {}, timeoutMs = MINUTE): Promise<LandfallError> => {
  const error = await send({ fetch, timeoutMs })(ADDRESS, init).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LandfallError)) throw new Error(`expected a LandfallError, got ${String(error)}`);
  return error;
};

describe("send", () => {
  test("answers JSON with the request id", async () => {
    const answer = await send({ fetch: answering('{"a":1}', { status: 207, headers: { "x-request-id": "r1" } }), timeoutMs: MINUTE })(
      ADDRESS,
    );
    expect(answer).toMatchObject({ ok: true, requestId: "r1" });
    expect(await answer.json()).toEqual({ a: 1 });
  });

  test("hands on JSON of failures: tRPC reads them", async () => {
    const answer = await send({ fetch: answering("[]", { status: 404 }), timeoutMs: MINUTE })(ADDRESS);
    expect(answer.ok).toBe(false);
    expect(await answer.json()).toEqual([]);
  });

  test("sends what it is given and never follows redirects", async () => {
    const seen: RequestInit[] = [];
    const fetch: Fetch = async (_, init) => {
      seen.push(init);
      return new Response("{}");
    };
    await send({ fetch, timeoutMs: MINUTE })(ADDRESS, { method: "POST", body: "x", headers: { a: "b" } });
    expect(seen).toEqual([expect.objectContaining({ method: "POST", body: "x", headers: { a: "b" }, redirect: "manual" })]);
  });

  test.each([
    ["ECONNREFUSED", "", "connection refused"],
    ["ENOTFOUND", "getaddrinfo ENOTFOUND lf.test", "unknown host"],
    ["UND_ERR_SOCKET", "other side closed", "connection closed by the other side"],
    ["SELF_SIGNED_CERT", "self-signed certificate", "self-signed certificate"],
    ["EODD", "", "EODD"],
    ["", "", "fetch failed"],
  ])("names the server and the reason for %s", async (code, message, words) => {
    expect(await thrown(failing(code, message))).toMatchObject({
      code: "network",
      reason: "unreachable",
      message: `https://lf.test cannot be reached: ${words}.`,
    });
  });

  test.each([[new TypeError("bad port")], ["a text"]])("tells other failures of fetch too (%s)", async (failure) => {
    const error = await thrown(() => Promise.reject(failure));
    expect(error.message).toMatch(/bad port|a text/);
  });

  test("a body that breaks off is a lost answer", async () => {
    const fetch: Fetch = async () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.error(new TypeError("terminated"));
          },
        }),
      );
    expect(await thrown(fetch)).toMatchObject({ code: "network", reason: "unreachable" });
  });

  test.each([301, 302, 307, 308])("status %i names the address to use", async (status) => {
    const error = await thrown(answering("", { status, headers: { location: "https://new.test/" } }));
    expect(error).toMatchObject({ code: "network", reason: "redirect", status });
    expect(error.message).toContain("https://new.test/");
  });

  test.each([
    [404, "text/html", "<html>", "network", "not as a Landfall server does"],
    [200, "text/html", "<html>", "network", "not as a Landfall server does"],
    [502, "text/html", "<html>", "unavailable", "status 502"],
    [413, "text/plain;charset=UTF-8", "Request body too large.\n", "too_large", "413: Request body too large."],
    [500, "text/plain", "x".repeat(500), "internal", "not as a Landfall server does"],
    [502, "", "", "unavailable", "status 502"],
  ])("a page with status %i (%s) is no answer", async (status, type, body, code, words) => {
    const error = await thrown(answering(body, { status, headers: { "content-type": type, "x-request-id": "r2" } }));
    expect(error).toMatchObject({ code, status, requestId: "r2", reason: "no_landfall_answer" });
    expect(error.message).toContain(words);
  });

  /** Never answers; fails when it is aborted, as fetch does. */
  const hanging: Fetch = (_, { signal }) =>
    new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

  test("gives up after the time limit", async () => {
    expect(await thrown(hanging, {}, 20)).toMatchObject({
      code: "network",
      reason: "timeout",
      message: "https://lf.test did not answer within 0.02 s.",
    });
  });

  test("ends when the caller gives up", async () => {
    const controller = new AbortController();
    const running = thrown(hanging, { signal: controller.signal });
    controller.abort();
    expect(await running).toMatchObject({ code: "aborted" });
  });
});
