import path from "node:path";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { keepAliveClient } from "./keep-alive-client.ts";
import { provisioned } from "./provisioned.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";

const RELEASES = "/api/0/organizations/acme/releases/";

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s under load: finishes requests in flight, keeps acknowledged writes, and exits with 0",
  async (signal) => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    const token = await provisioned(dataDir);
    await using server = await runningServer(dataDir);
    const acknowledged: string[] = [];
    const broken: string[] = [];

    async function write(worker: number): Promise<void> {
      const client = keepAliveClient(server.url, token);
      for (let number = 0; ; number++) {
        const version = `${worker}-${number}`;
        const response = await client.send("POST", RELEASES, { version, projects: ["web"] });
        if (response.status === 201) acknowledged.push(version);
        else broken.push(`${version}: ${response.status} ${response.body}`);
        if (response.isLast) return;
      }
    }

    const writers = Array.from({ length: 16 }, (_, worker) => write(worker));
    while (acknowledged.length < 100) await new Promise(setImmediate);
    expect(await server.stop(signal)).toEqual({ code: 0, signal: null });
    await Promise.all(writers);
    expect(broken).toEqual([]);

    await using restarted = await runningServer(dataDir);
    const reader = keepAliveClient(restarted.url, token);
    for (const version of acknowledged) expect((await reader.send("GET", `${RELEASES}${version}/`)).status).toBe(200);
    reader.close();
  },
);

test("responds to a request that is still being sent when the server stops", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const token = await provisioned(dataDir);
  await using server = await runningServer(dataDir);
  const { hostname, port } = new URL(server.url);
  const body = JSON.stringify({ version: "slow", projects: ["web"] });
  const head = `POST ${RELEASES} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  let received = "";
  const socket = connect(Number(port), hostname);
  socket.setEncoding("utf8").on("data", (text: string) => (received += text));
  await new Promise<void>((resolve) => {
    socket.write(head + body.slice(0, 10), () => resolve());
  });
  // When the server has responded to a later request, it has received the beginning of this one.
  await fetch(`${server.url}/healthz`);
  const stopped = server.stop();
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  socket.write(body.slice(10));
  expect(await stopped).toEqual({ code: 0, signal: null });
  expect(received).toMatch(/^HTTP\/1\.1 201 /);
});
