import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Server as NetServer } from "node:net";
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from "node:tls";
import { EXPIRED_CERTIFICATE, VALID_CERTIFICATE } from "@landfall/testing/network/tls-certificates";
import { afterEach, describe, expect, test } from "vitest";
import { LandfallError } from "./landfall-error.ts";
import { type Fetch, send } from "./send.ts";

const ADDRESS = "https://lf.test/api/trpc/releases.get";
const MINUTE = 60_000;

/** The security level allows the ciphers of old versions. */
const OLD_VERSIONS = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;

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
    ["EODD", "an odd failure", "an odd failure"],
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
    ["SELF_SIGNED_CERT_IN_CHAIN", "not signed by an authority that this machine trusts"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "not signed by an authority that this machine trusts"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "set NODE_EXTRA_CA_CERTS"],
    ["EPROTO", "the TLS handshake failed"],
  ])("explains the refused handshake %s", async (code, reason) => {
    expect((await thrown(failing(code, "handshake"))).message).toContain(reason);
  });

  describe("of a TLS server", () => {
    const trusted = getCACertificates("default");
    afterEach(() => setDefaultCACertificates(trusted));

    /** The message of a request to a server at this path of a free port, which is closed afterwards. */
    async function refused(server: NetServer, protocol = "https"): Promise<string> {
      await once(server.listen(0, "127.0.0.1"), "listening");
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
      const url = `${protocol}://127.0.0.1:${address.port}`;
      const { message } = await thrown((to, init) => fetch(to, init), {}, MINUTE, `${url}/`);
      server.close();
      return message.replace(`Cannot reach ${url}: `, "");
    }

    test.each<[string, () => NetServer, string]>([
      ["a self-signed certificate", () => createHttpsServer(VALID_CERTIFICATE), "its TLS certificate is not signed by an authority"],
      ["no certificate", () => createTlsServer(), "the TLS handshake failed. Check the host name in the URL"],
      ["only old versions", () => createHttpsServer({ ...VALID_CERTIFICATE, ...OLD_VERSIONS }), "it has no TLS version in common"],
      ["no TLS at all", () => createHttpServer(), "it does not use TLS on this port. Use http:// in the URL"],
    ])("explains %s", async (_, create, message) => {
      expect((await refused(create())).startsWith(message)).toBe(true);
    });

    test("explains a certificate of a trusted authority that is for another host, or has expired", async () => {
      setDefaultCACertificates([VALID_CERTIFICATE.cert, EXPIRED_CERTIFICATE.cert]);
      expect(await refused(createHttpsServer(VALID_CERTIFICATE))).toMatch(/^its TLS certificate is for another host name\./);
      expect(await refused(createHttpsServer(EXPIRED_CERTIFICATE))).toMatch(/^its TLS certificate has expired\./);
    });

    test("explains http:// on a port with TLS", async () => {
      expect(await refused(createTlsServer(), "http")).toContain("the URL must begin with https://");
    });
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
