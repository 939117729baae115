import { randomBytes } from "node:crypto";
import path from "node:path";
import { expect, test } from "vitest";
import { artifactClient, sha1 } from "./artifact-client.ts";
import { provisioned } from "./provisioned.ts";
import { runAdmin } from "./run-program.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";

function formWith(bytes: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  form.append("file", new File([bytes], sha1(bytes)));
  return form;
}

test("an upload beyond the quota that the operator set is rejected with 413, until the quota is raised", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const token = await provisioned(dataDir);
  await using server = await runningServer(dataDir);
  const { send } = artifactClient(server.url, token);
  expect(await runAdmin(dataDir, "quota", "--org", "acme")).toMatchObject({ code: 0, stdout: "acme: 0 bytes of no limit\n" });
  expect(await runAdmin(dataDir, "quota", "--org", "acme", "--set", "much")).toMatchObject({ code: 1, stderr: /such as 500MiB/ });
  expect(await runAdmin(dataDir, "quota", "--org", "nobody", "--set", "1GiB")).toMatchObject({
    code: 1,
    stderr: 'organization: There is no organization "nobody".\n',
  });
  await runAdmin(dataDir, "quota", "--org", "acme", "--set", "100KiB");
  expect(await send(formWith(randomBytes(100_000)))).toMatchObject({ status: 200 });
  const { status, text } = await send(formWith(randomBytes(100_000)));
  expect({ status, text: JSON.parse(text) }).toEqual({ status: 413, text: { detail: expect.stringMatching(/quota of 100 KiB/) } });
  expect((await runAdmin(dataDir, "quota", "--org", "acme", "--json")).stdout).toBe(
    `${JSON.stringify({ organization: "acme", bytes: 100_000, quota: 102_400 })}\n`,
  );
  await runAdmin(dataDir, "quota", "--org", "acme", "--default");
  expect(await send(formWith(randomBytes(100_000)))).toMatchObject({ status: 200 });
});

test("below the floor of free disk space uploads are rejected with 507, and releases are still recorded", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const token = await provisioned(dataDir);
  await using server = await runningServer(dataDir, { LANDFALL_MIN_FREE_DISK: "4096TiB" });
  const { status, text } = await artifactClient(server.url, token).send(formWith(randomBytes(1000)));
  expect({ status, text: JSON.parse(text) }).toEqual({ status: 507, text: { detail: "The server's disk is full. Nothing was saved." } });
  const created = await fetch(`${server.url}/api/0/organizations/acme/releases/`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ version: "1.0", projects: ["web"] }),
  });
  expect(created.status).toBe(201);
});
