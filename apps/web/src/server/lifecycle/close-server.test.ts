import { createServer, type ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { listen } from "#server/http/http-server.ts";
import { keepAliveClient } from "../../../test/keep-alive-client.ts";
import { closeServer } from "./close-server.ts";

async function serving(handle: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => {
    if (!server.listening) response.shouldKeepAlive = false;
    handle(response);
  });
  return { server, client: keepAliveClient(await listen(server, { host: "127.0.0.1", port: 0 }), "none") };
}

test("responds to a request on an idle connection, and then closes the connection", async () => {
  const { server, client } = await serving((response) => response.end("done"));
  expect(await client.send("GET", "/")).toEqual({ status: 200, body: "done", isLast: false });
  const closed = closeServer(server, { grace: 5000, limit: 5000 });
  expect(await client.send("GET", "/")).toEqual({ status: 200, body: "done", isLast: true });
  await closed;
});

test("closes idle connections after the grace period", async () => {
  const { server, client } = await serving((response) => response.end());
  await client.send("GET", "/");
  await closeServer(server, { grace: 1, limit: 60_000 });
  await expect(client.send("GET", "/")).rejects.toThrow(/ECONNREFUSED|ECONNRESET|socket hang up/);
});

test("disconnects requests that are not finished within the limit", async () => {
  const { server, client } = await serving(() => {});
  const response = client.send("GET", "/");
  response.catch(() => {});
  await new Promise((resolve) => {
    server.once("request", resolve);
  });
  await closeServer(server, { grace: 1, limit: 10 });
  await expect(response).rejects.toThrow("socket hang up");
});
