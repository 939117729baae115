import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scratchDirectory } from "./run-program.ts";
import { freePort, startServer } from "./start-server.ts";

const INITIALIZED = { organization: "acme", projects: [{ slug: "web", id: 1 }], token: "t", ciToken: "c" };
const ADMIN = `console.log(JSON.stringify({ ...${JSON.stringify(INITIALIZED)}, args: process.argv.slice(2) }))`;

describe("starting the server", () => {
  test("is ready, independent of other servers, and exits with 0 when stopped", async () => {
    await using one = await startServer();
    await using other = await startServer();
    expect(one.projects.map(({ slug }) => slug)).toEqual(["web", "api"]);
    const headers = { authorization: `Bearer ${one.token}` };
    expect((await fetch(`${one.url}/api/0/organizations/acme/releases/`, { headers })).status).toBe(200);
    expect((await fetch(`${other.url}/api/0/organizations/acme/releases/`, { headers })).status).toBe(401);
    expect(await one.stop()).toBe(0);
    await expect(fetch(`${one.url}/api/0/`)).rejects.toThrow("fetch failed");
    expect((await fetch(`${other.url}/api/0/`)).status).toBe(200);
  });

  test.each([
    ["initialization fails", "throw new Error('no room')", "", /no room/],
    ["initialization prints something else", "console.log('{}')", "", /organization/],
    ["the server ends too early", ADMIN, "console.error('port taken'); process.exit(3)", /exited with 3 before it was ready\nport taken/],
  ])("the error contains the output when %s", async (_, admin, server, message) => {
    await using web = await scratchDirectory("web");
    await writeFile(join(web.path, "admin.ts"), admin);
    await writeFile(join(web.path, "server.ts"), server);
    await expect(startServer(web.path)).rejects.toThrow(message);
  });
});

test("returns a port that is free", async () => {
  const port = await freePort();
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
  const server = createServer();
  await new Promise<void>((listening, failed) => server.once("error", failed).listen(port, "127.0.0.1", listening));
  expect(server.address()).toMatchObject({ address: "127.0.0.1", port });
  await new Promise((closed) => server.close(closed));
});
