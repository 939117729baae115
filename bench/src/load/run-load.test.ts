import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { RequestPlan } from "./request-plan.ts";
import { runLoad } from "./run-load.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

const plan: RequestPlan = { method: "GET", path: "/{n}", token: "t", first: 5, status: 200 };

describe("runLoad", () => {
  it("sends each number once, over the given connections, and counts the responses", async () => {
    const seen: string[] = [];
    const sockets = new Set<number | undefined>();
    const port = await serve((request, response) => {
      seen.push(request.url ?? "");
      sockets.add(request.socket.remotePort);
      response.end("x".repeat(100_000));
    });
    const { requests, perSecond, median, slowest } = await runLoad({ port, plan, connections: 3, seconds: 0.1 });
    expect(requests).toBe(seen.length);
    expect(seen.map((path) => Number(path.slice(1))).toSorted((a, b) => a - b)).toEqual(seen.map((_, index) => index + 5));
    expect(sockets.size).toBe(3);
    expect(perSecond).toBeGreaterThan(0);
    expect(median).toBeLessThanOrEqual(slowest);
  });

  it("sends a body and the token", async () => {
    const seen = new Set<string>();
    const port = await serve(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      seen.add(`${request.method} ${request.headers.authorization} ${Buffer.concat(parts).toString()}`);
      response.writeHead(201, { "content-length": 0 }).end();
    });
    await runLoad({ port, plan: { ...plan, method: "POST", body: '{"n":{n}}', count: 1, status: 201 }, connections: 1, seconds: 0.02 });
    expect([...seen]).toEqual(['POST Bearer t {"n":5}']);
  });

  it("stops at the first unexpected status and reports it", async () => {
    const port = await serve((_request, response) => void response.writeHead(503, { "content-length": 2 }).end("no"));
    await expect(runLoad({ port, plan, connections: 2, seconds: 5 })).rejects.toThrow("GET /{n} returned 503 instead of 200");
  });

  it("stops when the server closes a connection", async () => {
    const port = await serve((request) => void request.socket.destroy());
    await expect(runLoad({ port, plan, connections: 1, seconds: 5 })).rejects.toThrow(/closed the connection|ECONNRESET/);
  });

  it("stops if no server is listening", async () => {
    const port = await serve(() => {});
    servers.splice(0).forEach((server) => server.close());
    await expect(runLoad({ port, plan, connections: 1, seconds: 5 })).rejects.toThrow("ECONNREFUSED");
  });
});
