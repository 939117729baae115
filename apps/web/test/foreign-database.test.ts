import { existsSync, readdirSync, renameSync, rmSync, utimesSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { provisioned } from "./provisioned.ts";
import { runAdmin } from "./run-program.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { uploadFile } from "./upload-file.ts";

const CONTENT = "let app = 1;";
/** Each test starts many processes. */
const TIME = { timeout: 180_000 };
const DAY = 24 * 60 * 60;

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "landfall.json")
    .map((entry) => path.join(entry.parentPath, entry.name));

test("a start without the database deletes no artifact and logs the reason; with the database, everything works again", TIME, async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const database = path.join(dataDir, "landfall.db");
  const token = await provisioned(dataDir);
  let download = "";
  {
    await using server = await runningServer(dataDir);
    download = await uploadFile(server.url, token, CONTENT);
    await server.stop();
  }
  const [blob = "none"] = filesBelow(path.join(dataDir, "blobs"));
  const old = Date.now() / 1000 - 9 * DAY;
  utimesSync(blob, old, old);
  renameSync(database, path.join(scratch.path, "kept.db"));
  {
    await using server = await runningServer(dataDir);
    await server.stop();
    expect(server.log()).toContainEqual(
      expect.objectContaining({ level: 40, msg: "artifacts are not swept", reason: "other_database", problem: expect.any(String) }),
    );
  }
  expect(existsSync(blob)).toBe(true);
  const check = await runAdmin(dataDir, "check", "--json");
  expect([check.code, JSON.parse(check.stdout)]).toMatchObject([
    1,
    { sound: false, problems: [expect.stringMatching(/belongs to another database/), expect.stringMatching(/is unknown/)] },
  ]);

  for (const end of ["", "-wal", "-shm"]) rmSync(database + end, { force: true });
  renameSync(path.join(scratch.path, "kept.db"), database);
  await using server = await runningServer(dataDir);
  const response = await fetch(server.url + download, { headers: { Authorization: `Bearer ${token}` } });
  expect([response.status, await response.text()]).toEqual([200, CONTENT]);
});

test(
  "an operator binds artifacts to another database; unknown ones go to quarantine, where they can be listed, restored and purged",
  TIME,
  async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    const token = await provisioned(dataDir);
    {
      await using server = await runningServer(dataDir);
      await uploadFile(server.url, token, CONTENT);
      await server.stop();
    }
    const [blob = "none"] = filesBelow(path.join(dataDir, "blobs"));
    renameSync(path.join(dataDir, "landfall.db"), path.join(scratch.path, "kept.db"));
    const admin = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await runAdmin(dataDir, "artifacts", ...args);
      return { code, stdout, stderr };
    };
    await provisioned(dataDir);
    expect(await admin("adopt")).toMatchObject({ code: 0, stderr: expect.stringContaining("Quarantined: 1 blob (12 bytes).") });
    const listed = await admin("quarantine", "list", "--json");
    const entry: { readonly name: string } = JSON.parse(listed.stdout);
    expect([listed.code, entry]).toMatchObject([
      0,
      { size: 12, dateDue: expect.any(String), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(path.join(dataDir, "blobs", entry.name)).toBe(blob);
    expect(await runAdmin(dataDir, "check")).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("In quarantine: 1 blobs (12 bytes)"),
    });
    expect(await admin("quarantine", "restore", "--all")).toMatchObject({
      code: 0,
      stderr: "Restored from quarantine: 1 blob (12 bytes).\n",
    });
    expect(await admin("quarantine", "purge", "--all")).toMatchObject({ code: 0, stderr: "Deleted from quarantine: 0 blobs (0 bytes).\n" });
    expect(existsSync(blob)).toBe(true);
    expect(await admin("quarantine", "purge")).toMatchObject({ code: 1, stderr: "Specify blobs, or use --all.\n" });
    expect(await admin("quarantine", "purge", entry.name)).toMatchObject({
      code: 0,
      stderr: "Deleted from quarantine: 1 blob (12 bytes).\n",
    });
    expect([existsSync(blob), (await admin("quarantine", "list")).stderr]).toEqual([false, "The quarantine is empty.\n"]);
  },
);
