import path from "node:path";
import { expect, test } from "vitest";
import { readEvents } from "./event-reader.ts";
import { initialize } from "./provisioned.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";

const OLGA = { email: "olga@acme.test", password: "correct horse battery" };

async function signedIn(server: RunningServer): Promise<string> {
  const response = await fetch(`${server.url}/api/auth/sign-in/password`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: JSON.stringify(OLGA),
  });
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
}

const report = async (server: RunningServer, organization: string, token: string | null, version: string) => {
  const response = await fetch(`${server.url}/api/0/organizations/${organization}/releases/`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ version, projects: ["web"], commits: [{ id: "a", message: "feat: wings" }] }),
  });
  expect(response.status).toBe(201);
};

test("a page receives the changes of its organization only, until the server stops", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const acme = await initialize(dataDir, "--org", "acme", "--project", "web", "--email", OLGA.email, "--password", OLGA.password);
  const globex = await initialize(dataDir, "--org", "globex", "--project", "web", "--email", "eve@globex.test");
  await using server = await runningServer(dataDir);
  const cookie = await signedIn(server);

  expect((await readEvents(server.url, "acme", "")).response.status).toBe(401);
  expect((await readEvents(server.url, "globex", cookie)).response.status).toBe(404);
  const reader = await readEvents(server.url, "acme", cookie);
  expect(await reader.next()).toBe("retry: 3000");
  await report(server, "globex", globex.ciToken, "1.0.0");
  await report(server, "acme", acme.ciToken, "1.0.0");
  // An event of globex would have arrived first.
  expect([await reader.nextKind(), await reader.nextKind()]).toEqual(["release", "commits"]);

  const stopped = performance.now();
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(performance.now() - stopped).toBeLessThan(5000);
  expect(await reader.next()).toBeNull();
  expect(server.log()).toContainEqual(expect.objectContaining({ path: "/api/events", status: 200 }));
});
