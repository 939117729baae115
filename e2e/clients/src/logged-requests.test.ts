import { expect, test } from "vitest";
import { loggedRequests } from "./logged-requests.ts";
import { restApi } from "./rest-api.ts";
import { startServer } from "./start-server.ts";

test("the log tells of every request that was answered, in order", async () => {
  await using server = await startServer();
  const api = restApi(server.url, server.token);
  const before = (await loggedRequests(server)).length;
  await api.send("GET", "/organizations/acme/releases/?query=x");
  await api.send("POST", "/organizations/acme/releases/", { version: "1", projects: ["web"] });
  await api.send("GET", "/nowhere/");
  expect((await loggedRequests(server)).slice(before + 1)).toEqual([
    { method: "GET", path: "/api/0/organizations/acme/releases/", status: 200 },
    { method: "POST", path: "/api/0/organizations/acme/releases/", status: 201 },
    { method: "GET", path: "/api/0/nowhere/", status: 404 },
  ]);
});

test("a log that tells of nothing is an error", { timeout: 20_000 }, async () => {
  await using server = await startServer();
  await expect(loggedRequests({ url: server.url, output: () => "" })).rejects.toThrow("does not tell of the request");
});
