import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { provisioned } from "./provisioned.ts";
import { runAdmin } from "./run-program.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { uploadFile } from "./upload-file.ts";

/** Returns the file of the only blob of this size. */
function blobOf(dataDir: string, size: number): string {
  const folder = path.join(dataDir, "blobs");
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).length === size);
  const [file = "none"] = found;
  return file;
}

function changeLastByte(file: string): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  writeFileSync(file, bytes);
}

test("a damaged artifact fails before the first byte or closes the connection, and is logged once", { timeout: 180_000 }, async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const token = await provisioned(dataDir);
  await using server = await runningServer(dataDir);
  const headers = { Authorization: `Bearer ${token}` };
  const small = await uploadFile(server.url, token, "let app = 1;");
  const large = await uploadFile(server.url, token, "let app = 2;".repeat(500_000), "large.js");
  const files: readonly (readonly [string, string])[] = [
    [small, blobOf(dataDir, 12)],
    [large, blobOf(dataDir, 6_000_000)],
  ];
  const damaged = [503, { detail: "The server's copy of this artifact is missing or damaged. Upload the artifact again." }];
  const get = async (download: string, more: Record<string, string> = {}) => {
    const response = await fetch(server.url + download, { headers: { ...headers, ...more } });
    return [response.status, await response.json()];
  };
  for (const [download, blob] of files) {
    const whole = readFileSync(blob);
    truncateSync(blob, 5);
    expect(await get(download)).toEqual(damaged);
    expect(await get(download, { Range: "bytes=0-1" })).toEqual(damaged);
    rmSync(blob);
    expect(await get(download)).toEqual(damaged);
    writeFileSync(blob, whole);
  }
  for (const [, blob] of files) changeLastByte(blob);
  expect(await get(small)).toEqual(damaged);
  expect(await get(small, { Range: "bytes=0-1" })).toEqual(damaged);
  // The response has begun. Its Content-Length shows that it was cut off.
  const begun = await fetch(server.url + large, { headers });
  expect([begun.status, begun.headers.get("content-length")]).toEqual([200, "6000000"]);
  await expect(begun.arrayBuffer()).rejects.toThrow("terminated");
  const afterwards = await fetch(`${server.url}/api/0/organizations/acme/`, { headers });
  expect(afterwards.status).toBe(200);

  await server.stop();
  const lines = server.log().filter(({ level }) => Number(level) >= 50);
  // The same damage is not logged again within seconds.
  expect(lines.map(({ failure }) => failure)).toEqual(Array.from({ length: 6 }, () => "artifact_damaged"));
  for (const { err } of lines) expect(err).toMatchObject({ message: expect.stringMatching(/\bblob [0-9a-f]{2}\/\S+/) });

  const check = await runAdmin(dataDir, "check", "--contents", "--repair", "--json");
  const { problems }: { readonly problems: readonly string[] } = JSON.parse(check.stdout);
  expect([check.code, problems.length]).toEqual([1, 2]);
  for (const problem of problems)
    expect(problem).toMatch(/does not match its checksum\. Upload again: file \S+ of the release \S+ of acme\.$/);
});
