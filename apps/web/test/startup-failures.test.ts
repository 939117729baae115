import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";
import { runProgram } from "./run-program.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { useDatabase } from "./use-database.ts";

const start = (dataDir: string, env: Record<string, string> = {}) =>
  runProgram("server.ts", [], { PORT: "0", HOST: "127.0.0.1", LANDFALL_PAGES: "off", LANDFALL_DATA_DIR: dataDir, ...env });

/** Expects one sentence on standard error, nothing on standard output, and exit code 1. */
function expectSentence(ended: { code: number | null; stdout: string; stderr: string }, sentence: RegExp) {
  expect(ended).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(sentence) });
  expect(ended.stderr.trimEnd()).not.toContain("\n");
}

test("a taken port", async () => {
  using scratch = scratchDir();
  await using other = await listening();
  expectSentence(await start(scratch.path, { PORT: String(other.port) }), new RegExp(`^Port ${other.port} is used by another program. `));
});

test("a data directory that cannot be created or written", async () => {
  using scratch = scratchDir();
  const file = path.join(scratch.path, "file");
  writeFileSync(file, "");
  expectSentence(await start(path.join(file, "data")), /data\/landfall\.db cannot be opened or written: /);
});

test("a file that is not a database", async () => {
  using scratch = scratchDir();
  writeFileSync(path.join(scratch.path, "landfall.db"), "this is a letter, and a long one at that".repeat(100));
  expectSentence(await start(scratch.path), /landfall\.db is not a SQLite database\./);
});

test("a database from a newer version", async () => {
  using scratch = scratchDir();
  mkdirSync(scratch.path, { recursive: true });
  const server = await runningServer(scratch.path);
  await server.stop();
  useDatabase(scratch.path, (db) =>
    db.prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)").run("later", 9_999_999_999_999),
  );
  expectSentence(await start(scratch.path), /^The database was last used by a newer version of Landfall /);
});

test("a data directory that another server uses", async () => {
  using scratch = scratchDir();
  await using server = await runningServer(scratch.path);
  expectSentence(await start(scratch.path), /landfall\.db is already served by another process\. /);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

test.each([
  [{ PORT: "http" }, /^PORT is a number from 0 to 65535; "http" is not\.$/m],
  [{ HOST: "203.0.113.77" }, /^HOST 203\.0\.113\.77 is not an address of this machine\. /],
  [{ LANDFALL_URL: "landfall.test" }, /^LANDFALL_URL is a URL such as https:/],
  [{ LANDFALL_ORG: "No Slug" }, /^organization: /],
  [
    { LANDFALL_DATABASE_URL: "mysql://root:hunter2@db" },
    /^LANDFALL_DATABASE_URL is an address that begins with postgres:\/\/; what is set is not\.$/m,
  ],
  [{ LANDFALL_DATABASE_URL: "postgres://me:hunter2@127.0.0.1:1/x" }, /^PostgreSQL at 127\.0\.0\.1:1\/x cannot be used: /],
])("invalid settings: %o", async (env, sentence) => {
  using scratch = scratchDir();
  const ended = await start(scratch.path, env);
  expectSentence(ended, sentence);
  expect(ended.stderr).not.toContain("hunter2");
});

async function listening(): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
