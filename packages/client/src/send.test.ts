import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo, Server as NetServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
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

const respondingWith =
  (body: string, init: ResponseInit = {}): Fetch =>
  async () =>
    new Response(body, init);

const thrown = async (fetch: Fetch, init: RequestInit = {}, timeoutMs = MINUTE, url = ADDRESS): Promise<LandfallError> => {
  const error = await send({ fetch, timeoutMs })(url, init).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LandfallError)) throw new Error(`expected a LandfallError, got ${String(error)}`);
  return error;
};

describe("send", () => {
  test("returns JSON with the request id", async () => {
    const response = await send({
      fetch: respondingWith('{"a":1}', { status: 207, headers: { "x-request-id": "r1" } }),
      timeoutMs: MINUTE,
    })(ADDRESS);
    expect(response).toMatchObject({ ok: true, requestId: "r1" });
    expect(await response.json()).toEqual({ a: 1 });
  });

  test("returns the JSON of failures for tRPC", async () => {
    const response = await send({ fetch: respondingWith("[]", { status: 404 }), timeoutMs: MINUTE })(ADDRESS);
    expect(response.ok).toBe(false);
    expect(await response.json()).toEqual([]);
  });

  test("passes options to fetch and never follows redirects", async () => {
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
    ["UND_ERR_SOCKET", "other side closed", "connection closed by the server"],
    ["SELF_SIGNED_CERT", "self-signed certificate", "self-signed certificate"],
    ["EODD", "", "EODD"],
    ["", "", "fetch failed"],
  ])("names the server and the reason for %s", async (code, message, reason) => {
    expect(await thrown(failing(code, message))).toMatchObject({
      code: "network",
      reason: "unreachable",
      message: `Cannot reach https://lf.test: ${reason}.`,
    });
  });

  test.each([
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "set NODE_EXTRA_CA_CERTS"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "not signed by an authority that this machine trusts"],
    ["CERT_HAS_EXPIRED", "its TLS certificate has expired"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "for another host name"],
  ])("explains the refused certificate %s", async (code, reason) => {
    expect((await thrown(failing(code, "handshake"))).message).toContain(reason);
  });

  test("explains https on a port without TLS, and http on a port with TLS", async () => {
    const plain = createHttpServer();
    const secure = createTlsServer();
    for (const server of [plain, secure]) await once(server.listen(0, "127.0.0.1"), "listening");
    const portOf = (server: NetServer) => (server.address() as AddressInfo).port;
    const failure = (url: string) => thrown((_, init) => fetch(url, init), {}, MINUTE, url);
    expect((await failure(`https://127.0.0.1:${portOf(plain)}/`)).message).toContain("Use http:// in the URL");
    expect((await failure(`http://127.0.0.1:${portOf(secure)}/`)).message).toContain("the URL must begin with https://");
    plain.close();
    secure.close();
  });

  test.each([[new TypeError("bad port")], ["a string"]])("reports other errors of fetch (%s)", async (failure) => {
    const error = await thrown(() => Promise.reject(failure));
    expect(error.message).toMatch(/bad port|a string/);
  });

  test("reports an interrupted body as unreachable", async () => {
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

  test.each([301, 302, 307, 308])("reports the target of a redirect with status %i", async (status) => {
    const error = await thrown(respondingWith("", { status, headers: { location: "https://new.test/" } }));
    expect(error).toMatchObject({ code: "network", reason: "redirect", status });
    expect(error.message).toContain("https://new.test/");
  });

  test.each([
    [404, "text/html", "<html>", "network", "not a response of a Landfall server"],
    [200, "text/html", "<html>", "network", "not a response of a Landfall server"],
    [502, "text/html", "<html>", "unavailable", "status 502"],
    [413, "text/plain;charset=UTF-8", "Request body too large.\n", "too_large", "413: Request body too large."],
    [500, "text/plain", "x".repeat(500), "internal", "not a response of a Landfall server"],
    [502, "", "", "unavailable", "status 502"],
  ])("rejects a page with status %i (%s)", async (status, type, body, code, words) => {
    const error = await thrown(respondingWith(body, { status, headers: { "content-type": type, "x-request-id": "r2" } }));
    expect(error).toMatchObject({ code, status, requestId: "r2", reason: "no_landfall_answer" });
    expect(error.message).toContain(words);
  });

  /** Never responds; rejects when aborted, like fetch. */
  const hanging: Fetch = (_, { signal }) =>
    new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

  test("fails after the time limit", async () => {
    expect(await thrown(hanging, {}, 20)).toMatchObject({
      code: "network",
      reason: "timeout",
      message: "https://lf.test did not respond within 0.02 s.",
    });
  });

  test("stops when the caller aborts", async () => {
    const controller = new AbortController();
    const running = thrown(hanging, { signal: controller.signal });
    controller.abort();
    expect(await running).toMatchObject({ code: "aborted" });
  });
});
