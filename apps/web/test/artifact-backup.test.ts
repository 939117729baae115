import { readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { provisioned } from "./provisioned.ts";
import { runAdmin } from "./run-program.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { uploadFile } from "./upload-file.ts";

const CONTENT = "let app = 1;";

/** Returns the paths of all blobs below a folder. */
const blobsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "landfall.json")
    .map((entry) => path.join(entry.parentPath, entry.name));

test("backup and restore include the artifacts; check reports missing, unknown and damaged ones", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const backup = path.join(scratch.path, "backup.db");
  const token = await provisioned(dataDir);
  let download = "";
  {
    await using server = await runningServer(dataDir);
    download = await uploadFile(server.url, token, CONTENT);
    const { code, stdout } = await runAdmin(dataDir, "backup", backup, "--json");
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        file: backup,
        bytes: expect.any(Number),
        blobs: { folder: `${backup}.blobs`, count: 1, bytes: CONTENT.length, missing: 0, damaged: 0 },
      },
    ]);
    expect(await runAdmin(dataDir, "check", "--contents")).toMatchObject({ code: 0, stderr: expect.stringContaining("No problems found") });
  }

  const [blob = "none"] = blobsIn(path.join(dataDir, "blobs"));
  writeFileSync(blob, "let app = 2;");
  expect(await runAdmin(dataDir, "check")).toMatchObject({ code: 0 });
  expect(await runAdmin(dataDir, "check", "--contents")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("does not match its checksum."),
  });
  expect(await runAdmin(dataDir, "backup", `${backup}-damaged`)).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("Left out 1 artifact as damaged"),
  });
  const stray = path.join(path.dirname(blob), `${path.basename(blob).slice(0, -1)}${blob.endsWith("0") ? "1" : "0"}`);
  writeFileSync(stray, "");
  utimesSync(stray, 0, 0);
  rmSync(blob);
  const { code, stdout } = await runAdmin(dataDir, "check", "--json");
  expect([code, JSON.parse(stdout)]).toEqual([
    1,
    {
      file: path.join(dataDir, "landfall.db"),
      sound: false,
      problems: [
        expect.stringMatching(/older than this database, which does not know them\..+ artifacts adopt$/),
        expect.stringMatching(/^The blob \S+ is missing/),
        expect.stringMatching(/^The blob \S+ is unknown to this database\.$/),
      ],
      notes: [],
    },
  ]);

  rmSync(dataDir, { recursive: true });
  expect(await runAdmin(dataDir, "restore", backup)).toMatchObject({ code: 0, stderr: expect.stringContaining("Restored 1 artifact.") });
  await using restarted = await runningServer(dataDir);
  const response = await fetch(restarted.url + download, { headers: { Authorization: `Bearer ${token}` } });
  expect([response.status, await response.text()]).toEqual([200, CONTENT]);
  expect(await runAdmin(dataDir, "check", "--contents")).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("The database was restored less than a day ago."),
  });
});

test("backs up and restores the database without artifacts, and check then reports the missing ones", async () => {
  using scratch = scratchDir();
  const [dataDir, elsewhere] = [path.join(scratch.path, "data"), path.join(scratch.path, "elsewhere")];
  const [backup, databaseOnly] = [path.join(scratch.path, "backup.db"), path.join(scratch.path, "alone.db")];
  const token = await provisioned(dataDir);
  {
    await using server = await runningServer(dataDir);
    await uploadFile(server.url, token, CONTENT);
    const { code, stdout } = await runAdmin(dataDir, "backup", databaseOnly, "--without-artifacts", "--json");
    expect([code, JSON.parse(stdout)]).toEqual([0, { file: databaseOnly, bytes: expect.any(Number), blobs: null }]);
    expect(readdirSync(scratch.path).toSorted()).toEqual(["alone.db", "data"]);
    await runAdmin(dataDir, "backup", backup);
  }
  const restored = await runAdmin(elsewhere, "restore", backup, "--without-artifacts");
  expect(restored).toMatchObject({ code: 0, stderr: expect.not.stringContaining("artifact") });
  expect(await runAdmin(elsewhere, "check")).toMatchObject({ code: 1, stderr: expect.stringContaining("is missing") });
  expect(await runAdmin(elsewhere, "restore", "--force", databaseOnly)).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`1 of its artifacts are neither here nor in ${databaseOnly}.blobs.`),
  });
});
