import { closeSync, copyFileSync, existsSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { keepAliveClient } from "./keep-alive-client.ts";
import { initialize, OWNER, provisioned } from "./provisioned.ts";
import { runAdmin, runProgram } from "./run-program.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { useDatabase } from "./use-database.ts";

const RELEASES = "/api/0/organizations/acme/releases/";

const statusOf = async (url: string, token: string) =>
  (await fetch(`${url}${RELEASES}`, { headers: { Authorization: `Bearer ${token}` } })).status;

describe("init", () => {
  test("init provisions before the first start, changes nothing when it is repeated, and adds a project later", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    const owner = ["--email", "Owner@Example.test", "--password", "correct horse battery"];
    const first = await initialize(dataDir, "--org", "acme", "--project", "web", "--project", "api", ...owner);
    expect(first).toMatchObject({ organization: "acme", projects: [{ slug: "web" }, { slug: "api" }] });
    expect([first.token, first.ciToken]).toEqual([expect.stringMatching(/^sntryu_[0-9a-f]{64}$/), expect.stringMatching(/^sntrys_/)]);
    expect(statSync(path.join(dataDir, "landfall.db")).mode & 0o077).toBe(0);

    const second = await initialize(dataDir, "--org", "acme", "--project", "web", "--project", "api", ...owner);
    expect(second).toMatchObject({ organization: "acme", projects: first.projects, token: null, ciToken: null });
    expect(second.messages).toBe("Everything exists already. Nothing was changed.\n");

    const third = await initialize(dataDir, "--org", "acme", "--project", "docs");
    expect(third.projects).toEqual([{ slug: "docs", id: expect.stringMatching(/^\d+$/) }]);

    await using server = await runningServer(dataDir);
    expect(server.program.stdout()).not.toMatch(/sntry|export/);
    expect(await statusOf(server.url, first.token ?? "")).toBe(200);
    expect(await statusOf(server.url, first.ciToken ?? "")).toBe(200);
  });

  test("init provisions beside a running server, which uses it at once", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    await using server = await runningServer(dataDir);
    const token = await provisioned(dataDir);
    expect(await statusOf(server.url, token)).toBe(200);
  });

  test.each([
    [["--org", "acme"], "error: required option '--project <slug...>' not specified\n"],
    [["--org", "No Slug", "--project", "web"], expect.stringMatching(/^organization: .+\n$/)],
    [["--org", "acme", "--project", "web", "--email", "nobody"], expect.stringMatching(/^email: .+\n$/)],
    [
      ["--org", "acme", "--project", "web", "--password", "short"],
      expect.stringMatching(/^A password in the arguments .+--password-stdin/),
    ],
  ])("refuses %j", async (args, stderr) => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    expect(await runAdmin(dataDir, "init", ...args)).toEqual({ code: 1, stdout: "", stderr });
  });
});

describe("token", () => {
  test("creates, lists and revokes organization tokens and personal tokens beside a running server", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    await provisioned(dataDir);
    await using server = await runningServer(dataDir);
    for (const owner of [
      ["--org", "acme"],
      ["--email", OWNER],
    ]) {
      const { token, id } = JSON.parse((await runAdmin(dataDir, "token", "create", ...owner, "--name", "nightly", "--json")).stdout);
      expect(await statusOf(server.url, token)).toBe(200);
      const listed = await runAdmin(dataDir, "token", "list", ...owner);
      expect(listed.stdout).toContain("nightly");
      expect(listed.stdout).not.toContain(token);
      expect(await runAdmin(dataDir, "token", "revoke", id, ...owner)).toMatchObject({ code: 0, stderr: `Token ${id} revoked.\n` });
      expect(await statusOf(server.url, token)).toBe(401);
      expect(await runAdmin(dataDir, "token", "revoke", id, ...owner)).toMatchObject({
        code: 1,
        stderr: `No active token with the id "${id}".\n`,
      });
    }
  });

  test("a personal token can be created with fewer scopes", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    await provisioned(dataDir);
    const create = (...scopes: string[]) => runAdmin(dataDir, "token", "create", "--email", OWNER, "--scope", ...scopes);
    const { stdout } = await create("project:read", "event:read");
    await using server = await runningServer(dataDir);
    const client = keepAliveClient(server.url, stdout.trim());
    expect((await client.send("GET", RELEASES)).status).toBe(200);
    expect((await client.send("POST", RELEASES, { version: "1", projects: ["web"] })).status).toBe(403);
    client.close();
    expect(await create("project:everything")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^"project:everything" is not a scope. /),
    });
  });

  test.each([
    [[], "Specify the owner: --org <slug> for an organization token, or --email <address> for a personal token.\n"],
    [
      ["--org", "acme", "--email", "a@b.c"],
      "Specify the owner: --org <slug> for an organization token, or --email <address> for a personal token.\n",
    ],
    [["--email", "nobody@example.test"], "No account has the email address nobody@example.test.\n"],
    [["--org", "unknown"], 'No organization "unknown", or you do not have access to it.\n'],
  ])("refuses %j", async (args, stderr) => {
    using scratch = scratchDir();
    expect(await runAdmin(path.join(scratch.path, "data"), "token", "create", ...args)).toEqual({ code: 1, stdout: "", stderr });
  });
});

describe("commands that only read", () => {
  const commands = [
    ["check"],
    ["token", "list", "--org", "acme"],
    ["retention", "preview", "--org", "acme", "--project", "web"],
    ["quota", "--org", "acme"],
  ];

  test("do not migrate an older database and do not create one", { timeout: 240_000 }, async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    for (const command of commands) {
      expect(await runAdmin(dataDir, ...command)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^There is no database at /) });
      expect(existsSync(dataDir)).toBe(false);
    }
    await provisioned(dataDir);
    useDatabase(dataDir, (db) =>
      db.exec("delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)"),
    );
    const schemaOf = () => useDatabase(dataDir, (db) => db.prepare("select count(*) from __drizzle_migrations").pluck().get());
    const before = schemaOf();
    for (const command of commands) {
      const { code, stderr } = await runAdmin(dataDir, ...command);
      expect([command, code, stderr]).toEqual([command, 1, expect.stringMatching(/was last used by an older version of Landfall.*\n$/)]);
    }
    expect(schemaOf()).toBe(before);
  });

  test("check reports an empty file, and the table that is damaged", { timeout: 120_000 }, async () => {
    using scratch = scratchDir();
    writeFileSync(path.join(scratch.path, "landfall.db"), "");
    expect(await runAdmin(scratch.path, "check")).toMatchObject({ code: 1, stderr: expect.stringContaining("is empty (0 bytes)") });
    const dataDir = path.join(scratch.path, "data");
    await provisioned(dataDir);
    const page = useDatabase(dataDir, (db) => db.prepare("select rootpage from sqlite_master where name = 'releases'").pluck().get());
    const file = openSync(path.join(dataDir, "landfall.db"), "r+");
    writeSync(file, Buffer.alloc(4_096, 0xff), 0, 4_096, (Number(page) - 1) * 4_096);
    closeSync(file);
    expect(await runAdmin(dataDir, "check")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/landfall\.db is damaged:\n {2}The table releases is damaged: /),
    });
  });
});

describe("backup, restore and check", () => {
  test("a backup beside a busy server contains every release acknowledged before it, and can be restored", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    const file = path.join(scratch.path, "backup.db");
    const token = await provisioned(dataDir);
    const before = await backUpWhileWriting(dataDir, token, file);

    expect(await runAdmin(dataDir, "check")).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/No problems found in .*landfall\.db\.\n$/),
    });
    expect(await runAdmin(dataDir, "restore", file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("add --force to replace it"),
    });

    const restored = path.join(scratch.path, "elsewhere");
    expect(await runAdmin(restored, "restore", file)).toMatchObject({ code: 0 });
    expect(await runAdmin(restored, "check")).toMatchObject({ code: 0 });
    await using server = await runningServer(restored);
    const client = keepAliveClient(server.url, token);
    for (const version of before) {
      const commits = await client.send("GET", `${RELEASES}${version}/commits/`);
      expect([commits.status, JSON.parse(commits.body)]).toEqual([200, [expect.anything(), expect.anything()]]);
    }
    client.close();
  });

  test("restore is refused while a server runs, and keeps the data that it replaces", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    const file = path.join(scratch.path, "backup.db");
    await provisioned(dataDir);
    await runAdmin(dataDir, "backup", file);
    const server = await runningServer(dataDir);
    expect(await runAdmin(dataDir, "restore", "--force", file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is already served by another process"),
    });
    await server.stop();
    expect(await runAdmin(dataDir, "restore", "--force", file)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("The previous data is kept as"),
    });
    expect(readdirSync(dataDir).filter((name) => /\.before-[\d-]+T[\d-]+Z$/.test(name))).toHaveLength(1);
  });

  test("restore refuses an invalid backup, and does not change the data", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    const file = path.join(scratch.path, "backup.db");
    await provisioned(dataDir);
    await runAdmin(dataDir, "backup", file);
    copyFileSync(file, path.join(scratch.path, "landfall.db"));
    useDatabase(scratch.path, (db) =>
      db.prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)").run("later", 9_999_999_999_999),
    );
    for (const [backup, message] of [
      [path.join(scratch.path, "nothing"), "There is no file "],
      [import.meta.filename, "is not a SQLite database."],
      [path.join(scratch.path, "landfall.db"), "newer version of Landfall"],
    ] as const) {
      expect(await runAdmin(dataDir, "restore", "--force", backup)).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
    }
    expect(readdirSync(dataDir).filter((name) => /before|restoring/.test(name))).toEqual([]);
    expect(await initialize(dataDir, "--org", "acme", "--project", "web")).toMatchObject({ token: null });
  });

  test("a backup does not overwrite a file; check and backup need a database", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    expect(await runAdmin(dataDir, "check")).toMatchObject({ code: 1, stderr: expect.stringMatching(/^There is no database at /) });
    expect(await runAdmin(dataDir, "backup", path.join(scratch.path, "b"))).toMatchObject({ code: 1 });
    expect(existsSync(dataDir)).toBe(false);
    await provisioned(dataDir);
    expect(await runAdmin(dataDir, "backup", import.meta.filename)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("already exists"),
    });
  });

  test("refers to pg_dump for PostgreSQL", async () => {
    using scratch = scratchDir();
    const env = { LANDFALL_DATA_DIR: scratch.path, LANDFALL_DATABASE_URL: "postgres://localhost/landfall" };
    const ended = await runProgram("admin.ts", ["backup", path.join(scratch.path, "b")], env);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining("back it up with pg_dump, and the folder blobs") });
    const bucket = { LANDFALL_S3_BUCKET: "https://s3.test/b", LANDFALL_S3_ACCESS_KEY_ID: "k", LANDFALL_S3_SECRET_ACCESS_KEY: "s" };
    expect((await runProgram("admin.ts", ["backup", path.join(scratch.path, "b")], { ...env, ...bucket })).stderr).toContain(
      "pg_dump, and the bucket https://s3.test/b after it",
    );
  });
});

/** Writes releases with two commits each and backs up meanwhile. Returns the versions acknowledged before the backup began. */
async function backUpWhileWriting(dataDir: string, token: string, file: string): Promise<readonly string[]> {
  await using server = await runningServer(dataDir);
  const acknowledged: string[] = [];
  const done = new AbortController();
  const writers = Array.from({ length: 4 }, async (_, worker) => {
    const client = keepAliveClient(server.url, token);
    for (let number = 0; !done.signal.aborted; number++) {
      const version = `${worker}-${number}`;
      const commits = [{ id: `${version}-b`.padStart(40, "0") }, { id: `${version}-a`.padStart(40, "0") }];
      const { status } = await client.send("POST", RELEASES, { version, projects: ["web"], commits });
      if (status === 201) acknowledged.push(version);
    }
    client.close();
  });
  while (acknowledged.length < 50) await new Promise(setImmediate);
  const before = [...acknowledged];
  const backup = await runAdmin(dataDir, "backup", file, "--json");
  done.abort();
  await Promise.all(writers);
  expect(backup.code).toBe(0);
  expect(JSON.parse(backup.stdout)).toEqual({
    file,
    bytes: statSync(file).size,
    blobs: { folder: `${file}.blobs`, count: 0, bytes: 0, missing: 0, damaged: 0 },
  });
  expect(acknowledged.length).toBeGreaterThan(before.length);
  await server.stop();
  return before;
}
