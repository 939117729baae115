import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** The claims about the next person who signs in. */
type Claims = { readonly sub: string; readonly email?: string; readonly email_verified?: boolean; readonly name?: string };

/** An OpenID Connect provider on a free local port, which accepts every sign-in. */
export interface FakeProvider extends AsyncDisposable {
  readonly issuer: string;
  /** Sets the claims of the next sign-in. `forge` changes the claims of the token, or signs it with another key. */
  expect(claims: Claims, forge?: { readonly claims?: Record<string, unknown>; readonly key?: "other" }): void;
  /** Returns where the provider redirects a browser that opened `url`, after the person signed in. */
  visit(url: string): string;
  /** The number of token requests. */
  readonly exchanges: () => number;
}

const CLIENT = { id: "landfall", secret: "provider secret" };

/** The options of a server that trusts the provider. */
export const oidcOptions = ({ issuer }: FakeProvider) => ({ issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret });

type Visit = { readonly nonce: string | null; readonly challenge: string | null; readonly redirect: string };

/** Starts a provider. */
export async function fakeProvider(): Promise<FakeProvider> {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const otherKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const visits = new Map<string, Visit>();
  let next: { claims: Claims; forged: Record<string, unknown>; key: "own" | "other" } | undefined;
  let issuer = "";
  let exchanges = 0;

  const server = createServer((request, response) => void respond(request, response));

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", issuer);
    if (pathname === "/.well-known/openid-configuration") return json(response, discovery());
    if (pathname === "/jwks")
      return json(response, { keys: [{ ...keys.publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] });
    if (pathname === "/token") return json(response, ...exchange(new URLSearchParams(await text(request)), request));
    json(response, { error: "not_found" }, 404);
  }

  const discovery = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
  });

  function exchange(form: URLSearchParams, { headers }: IncomingMessage): [unknown, number] {
    exchanges += 1;
    const basic = Buffer.from((headers.authorization ?? "").replace("Basic ", ""), "base64").toString();
    const isClient =
      form.get("client_secret") === CLIENT.secret || decodeURIComponent(basic.replaceAll("+", " ")) === `${CLIENT.id}:${CLIENT.secret}`;
    const code = form.get("code") ?? "";
    const visit = visits.get(code);
    visits.delete(code);
    if (!isClient || !visit || !next || form.get("redirect_uri") !== visit.redirect || !form.get("code_verifier"))
      return [{ error: "invalid_grant" }, 400];
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: CLIENT.id, iat: now, exp: now + 300, nonce: visit.nonce, ...next.claims, ...next.forged };
    const idToken = sign(claims, next.key === "own" ? keys.privateKey : otherKeys.privateKey);
    return [{ access_token: "access", token_type: "Bearer", expires_in: 300, id_token: idToken }, 200];
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${portOf(server.address())}`;
  return {
    issuer,
    expect: (claims, { claims: forged = {}, key = "own" as const }: { claims?: Record<string, unknown>; key?: "own" | "other" } = {}) =>
      void (next = { claims, forged, key }),
    visit(url) {
      const { searchParams } = new URL(url);
      const redirect = searchParams.get("redirect_uri") ?? "";
      const code = randomUUID();
      visits.set(code, { nonce: searchParams.get("nonce"), challenge: searchParams.get("code_challenge"), redirect });
      return `${redirect}?code=${code}&state=${encodeURIComponent(searchParams.get("state") ?? "")}`;
    },
    exchanges: () => exchanges,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sign(claims: unknown, key: Parameters<ReturnType<typeof createSign>["sign"]>[0]): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", kid: "1", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key).toString("base64url")}`;
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the provider does not listen on a port");
  return address.port;
}
