import { connect } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";
import { provisioned } from "./provisioned.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { waitFor } from "./wait-for.ts";

const BOUNDARY = "----landfall";
const part = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${"a".repeat(40)}"\r\n\r\nhalf of it`;

/** Requests that declare more bytes than they send, by purpose. */
const UNFINISHED: readonly (readonly [name: string, path: string, type: string, sent: string])[] = [
  ["a release", "/api/0/organizations/acme/releases/", "application/json", '{"version":'],
  ["a form", "/api/0/organizations/acme/releases/", `multipart/form-data; boundary=${BOUNDARY}`, part],
  ["a chunk", "/api/0/organizations/acme/chunk-upload/", `multipart/form-data; boundary=${BOUNDARY}`, part],
  ["a file", "/api/0/projects/acme/web/releases/1.0/files/", `multipart/form-data; boundary=${BOUNDARY}`, part],
  ["a typed call", "/api/trpc/releases.create", "application/json", '{"organization":'],
  ["a password", "/api/auth/sign-in/password", "application/json", '{"email":'],
  ["a webhook", "/api/hooks/release/builtin/1/abc/", "application/json", '{"version":'],
];

test("clients that disconnect during a request cause neither bugs nor errors in the log", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const token = await provisioned(dataDir);
  await using server = await runningServer(dataDir);
  const { hostname, port } = new URL(server.url);
  const release = { method: "POST", body: JSON.stringify({ version: "1.0", projects: ["web"] }) };
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  expect((await fetch(`${server.url}/api/0/organizations/acme/releases/`, { ...release, headers })).status).toBe(201);

  for (const [, target, type, sent] of UNFINISHED) {
    await new Promise<void>((resolve) => {
      const head = [
        `POST ${target} HTTP/1.1`,
        "Host: x",
        `Authorization: Bearer ${token}`,
        `Content-Type: ${type}`,
        "Content-Length: 5000",
      ];
      const socket = connect(Number(port), hostname, () => {
        socket.write(`${head.join("\r\n")}\r\n\r\n${sent}`, () => {
          // When the server has responded to a later request, it is reading this one.
          void fetch(`${server.url}/healthz`).then(() => socket.resetAndDestroy());
        });
      });
      socket.once("error", () => {});
      socket.once("close", () => resolve());
      socket.resume();
    });
  }
  const lines = await waitFor(() => {
    const log = server.log();
    const left = log.filter(
      (line) => line["msg"] === "request" && UNFINISHED.some(([, target]) => line["path"] === target.replace("/abc/", "/…")),
    );
    return left.length > UNFINISHED.length && log.some((line) => line["msg"] === "request") && log;
  });
  expect(lines.filter((line) => Number(line["level"]) > 30)).toEqual([]);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(server.log().filter((line) => Number(line["level"]) > 30)).toEqual([]);
  expect(server.program.stderr()).not.toContain("bug");
});
