import path from "node:path";
import { createClient } from "@landfall/client/create-client";
import { expect, test } from "vitest";
import { provisioned } from "./provisioned.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { uploadFile } from "./upload-file.ts";

const MAP = { version: 3, sources: ["src/a.ts"], sourcesContent: ["one\ntwo\nthree"], names: ["pay"], mappings: "AACAA" };

test("the server resolves stack traces in its workers, and stops with one running", { timeout: 60_000 }, async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const token = await provisioned(dataDir);
  await using server = await runningServer(dataDir);
  const inline = `data:application/json,${encodeURIComponent(JSON.stringify(MAP))}`;
  await uploadFile(server.url, token, `f();\n//# sourceMappingURL=${inline}`);
  const client = createClient({ url: server.url, token });
  const stack = `Error\n${"    at f (app.js:1:1)\n".repeat(500)}`;
  const { frames, resolved, lines } = await client.artifacts.resolveStack.query({
    organization: "acme",
    project: "web",
    release: "1.0",
    stack,
  });
  expect([frames, resolved]).toEqual([500, 500]);
  expect(lines[1]?.frame).toMatchObject({ original: { source: "src/a.ts", line: 2, name: "pay", context: { line: "two" } }, miss: null });
  expect(await server.stop()).toMatchObject({ code: 0 });
  expect(server.log().filter(({ level }) => Number(level) >= 40)).toEqual([]);
});
