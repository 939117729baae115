import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { createServer } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { initialize } from "./provisioned.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";

const PROXY = path.join(import.meta.dirname, "../../../deploy/proxy");
const ADA = { email: "ada@example.test", password: "an uncommon pass phrase" };

function hasProgram(name: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${name}`]);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}

/** Where a proxy listens, its certificate, and the server behind it. */
type Site = { readonly folder: string; readonly port: number; readonly httpPort: number; readonly server: string };

/** The configuration of the documents with other ports and the certificate of the test, and the command that runs it. */
const PROXIES: Readonly<Record<string, (site: Site) => [command: string, ...args: string[]]>> = {
  nginx({ folder, port, httpPort, server }) {
    const site = readFileSync(path.join(PROXY, "nginx.conf"), "utf8")
      .replace(/^.*listen \[::\].*$/gm, "")
      .replace("listen 80;", `listen 127.0.0.1:${httpPort};`)
      .replace("listen 443 ssl;", `listen 127.0.0.1:${port} ssl;`)
      .replace(/ssl_certificate .*;/, `ssl_certificate ${folder}/cert.pem;`)
      .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${folder}/key.pem;`)
      .replaceAll("landfall.example.com", "localhost")
      .replaceAll("http://127.0.0.1:3000", server);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
    writeFileSync(
      path.join(folder, "nginx.conf"),
      `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {} http { access_log off; ${temporary}\n${site}\n}`,
    );
    return ["nginx", "-c", path.join(folder, "nginx.conf"), "-p", folder];
  },
  caddy({ folder, port, server }) {
    const site = readFileSync(path.join(PROXY, "Caddyfile"), "utf8")
      .replace("landfall.example.com {", `https://localhost:${port} {\n\ttls ${folder}/cert.pem ${folder}/key.pem`)
      .replace("127.0.0.1:3000", server.replace("http://", ""));
    writeFileSync(path.join(folder, "Caddyfile"), `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
    return ["caddy", "run", "--config", path.join(folder, "Caddyfile"), "--adapter", "caddyfile"];
  },
};

function createCertificate(folder: string): string {
  const files = ["-keyout", path.join(folder, "key.pem"), "-out", path.join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...files, ...subject], { stdio: "ignore" });
  return readFileSync(path.join(folder, "cert.pem"), "utf8");
}

/** A client of the proxy that trusts its certificate. */
const clientOf = (port: number, ca: string) => ({
  send(target: string, { method = "GET", headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request({
        host: "127.0.0.1",
        servername: "localhost",
        port,
        path: target,
        method,
        ca,
        headers: { Host: `localhost:${port}`, ...headers },
      });
      sent.on("response", resolve).on("error", reject).end(body);
    });
  },
});

/** Reads a stream of events until one matches. */
async function readUntil(stream: IncomingMessage, pattern: RegExp): Promise<string> {
  let read = "";
  for await (const chunk of stream) {
    read += String(chunk);
    if (pattern.test(read)) break;
  }
  return read;
}

describe.each(Object.keys(PROXIES))("%s", (name) => {
  test.runIf(hasProgram(name) && hasProgram("openssl"))(
    "serves with TLS, streams events, and forwards bodies",
    { timeout: 120_000 },
    async () => {
      using scratch = scratchDir();
      const folder = path.join(scratch.path, "proxy");
      mkdirSync(folder);
      const ca = createCertificate(folder);
      const [port, httpPort] = [await freePort(), await freePort()];
      const origin = `https://localhost:${port}`;
      const dataDir = path.join(scratch.path, "data");
      const { ciToken } = await initialize(dataDir, "--org", "acme", "--project", "web", "--email", ADA.email, "--password", ADA.password);
      const metrics = { LANDFALL_METRICS_TOKEN: "metrics-of-a-test" };
      await using server = await runningServer(dataDir, { LANDFALL_URL: origin, LANDFALL_TRUSTED_PROXIES: "loopback", ...metrics });
      const [command, ...args] = PROXIES[name]?.({ folder, port, httpPort, server: server.url }) ?? ["false"];
      const proxy = spawn(command, args, { env: { NODE_ENV: "test", PATH: process.env.PATH, HOME: folder }, stdio: "ignore" });
      const ended = once(proxy, "exit");
      try {
        const { send } = clientOf(port, ca);
        await expect
          .poll(
            () =>
              send("/healthz").then(
                ({ statusCode }) => statusCode,
                () => null,
              ),
            { timeout: 20_000 },
          )
          .toBe(200);
        const health = await send("/healthz", { headers: { "X-Forwarded-For": "203.0.113.9" } });
        expect(health.headers["strict-transport-security"]).toMatch(/max-age/);
        expect((await send("/metrics", { headers: { Authorization: `Bearer ${metrics.LANDFALL_METRICS_TOKEN}` } })).statusCode).toBe(404);

        const json = { "Content-Type": "application/json" };
        const releases = "/api/0/organizations/acme/releases/";
        const large = await send(releases, {
          method: "POST",
          headers: { ...json, Authorization: "Bearer sntrys_none" },
          body: "x".repeat(2_000_000),
        });
        expect(large.statusCode).toBe(401);

        const signIn = await send("/api/auth/sign-in/password", {
          method: "POST",
          headers: { ...json, Origin: origin },
          body: JSON.stringify(ADA),
        });
        const cookie = (signIn.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ");
        expect([signIn.statusCode, signIn.headers["set-cookie"]?.join()]).toEqual([204, expect.stringContaining("Secure")]);
        const events = await send("/api/events?organization=acme", { headers: { Cookie: cookie } });
        expect(events.statusCode).toBe(200);
        const created = await send(releases, {
          method: "POST",
          headers: { ...json, Authorization: `Bearer ${ciToken}` },
          body: JSON.stringify({ version: "1.0.0", projects: ["web"] }),
        });
        expect([created.statusCode, await text(created)]).toEqual([201, expect.stringContaining("1.0.0")]);
        expect(await readUntil(events, /event: change/)).toContain("data: release");
        expect(
          server
            .log()
            .filter((line) => line["msg"] === "request")
            .map(({ client }) => client),
        ).not.toContain("203.0.113.9");
      } finally {
        proxy.kill("SIGTERM");
        await ended;
      }
    },
  );
});
