import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { initialize } from "./provisioned.ts";
import { runAdmin } from "./run-program.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";

const OLGA = { email: "olga@acme.test", password: "correct horse battery" };

const post = (server: RunningServer, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url, ...headers },
    body: JSON.stringify(body),
  });

/** Returns the Cookie header that a browser would send. */
const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");

/** Resident memory in MiB. */
function memoryOf(server: RunningServer): number {
  const status = readFileSync(`/proc/${server.program.process.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

test("a session works on all routes and survives a restart of the server", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  await initialize(dataDir, "--org", "acme", "--project", "web", "--email", OLGA.email, "--password", OLGA.password);
  let cookie = "";
  {
    await using server = await runningServer(dataDir);
    const refused = await post(
      server,
      "auth/sign-in/password",
      { ...OLGA, password: "wrong horse battery" },
      { "x-client-address": "6.6.6.6" },
    );
    expect([refused.status, await refused.json()]).toEqual([401, { detail: "The email address or the password is wrong.", issues: [] }]);
    const signedIn = await post(server, "auth/sign-in/password", OLGA, { "x-client-address": "6.6.6.6" });
    expect(signedIn.status).toBe(204);
    cookie = cookieOf(signedIn);
    const listed = await fetch(`${server.url}/api/trpc/sessions.list`, { headers: { cookie } });
    expect(await listed.json()).toMatchObject({ result: { data: { items: [{ isCurrent: true, ipAddress: "127.0.0.1" }] } } });
    expect((await post(server, "trpc/sessions.revokeOthers", {}, { cookie, origin: "https://evil.test" })).status).toBe(403);
    await expect.poll(() => server.log().map(({ path: asked }) => asked)).toContain("/api/auth/sign-in/password");
    expect(server.program.stderr()).not.toMatch(/horse|session_token|Better Auth/);
    await server.stop();
  }
  await using server = await runningServer(dataDir);
  expect(await (await fetch(`${server.url}/api/0/auth/`, { headers: { cookie } })).json()).toMatchObject({ email: OLGA.email });
  expect((await post(server, "auth/sign-out", {}, { cookie })).status).toBe(204);
  expect((await fetch(`${server.url}/api/0/auth/`, { headers: { cookie } })).status).toBe(401);
});

test("loads sign-in code on first use, within the memory limit", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  await initialize(dataDir, "--org", "acme", "--project", "web", "--email", OLGA.email, "--password", OLGA.password);
  await using server = await runningServer(dataDir);
  for (let time = 0; time < 5; time += 1) expect((await post(server, "auth/sign-in/password", OLGA)).status).toBe(204);
  // Without the pages, which use 70 of the 256 MiB.
  expect(memoryOf(server)).toBeLessThan(186);
});

test("the password command resets a password beside a running server", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  await initialize(dataDir, "--org", "acme", "--project", "web", "--email", OLGA.email, "--password", OLGA.password);
  await using server = await runningServer(dataDir);
  const cookie = cookieOf(await post(server, "auth/sign-in/password", OLGA));
  const made = await runAdmin(dataDir, "password", "--email", OLGA.email);
  expect(made).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^[\w-]{16}\n$/),
    stderr: expect.stringMatching(/^Sessions ended: 1\.\nActive personal tokens: 1\. .+--revoke-tokens\.\n$/),
  });
  expect((await fetch(`${server.url}/api/0/auth/`, { headers: { cookie } })).status).toBe(401);
  expect((await post(server, "auth/sign-in/password", OLGA)).status).toBe(401);
  expect((await post(server, "auth/sign-in/password", { ...OLGA, password: made.stdout.trim() })).status).toBe(204);
  const unknown = await runAdmin(dataDir, "password", "--email", "nobody@acme.test", "--json");
  expect(unknown).toEqual({ code: 1, stdout: "", stderr: "email: No account has the email address nobody@acme.test.\n" });
});
