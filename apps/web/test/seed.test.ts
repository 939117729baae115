import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { initialize } from "./provisioned.ts";
import { runAdmin } from "./run-program.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { useDatabase } from "./use-database.ts";

const SMALL = ["--releases", "12", "--people", "6", "--projects", "2", "--days", "15"];
const Seeded = z.strictObject({
  organization: z.string(),
  url: z.string(),
  email: z.string(),
  password: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  ciToken: z.string(),
});

async function seeded(dataDir: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await runAdmin(dataDir, "seed", ...SMALL, ...args, "--json");
  if (code !== 0) throw new Error(stderr);
  return Seeded.parse(JSON.parse(stdout));
}

const Versions = z.array(z.object({ version: z.string() }));
const versionsIn = (dataDir: string) =>
  Versions.parse(useDatabase(dataDir, (db) => db.prepare("select version from releases order by date_created, version").all())).map(
    ({ version }) => version,
  );

describe("seed", () => {
  test("creates an organization, shows progress, and prints working credentials for people and CI", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    const { code, stdout, stderr } = await runAdmin(dataDir, "seed", ...SMALL);
    expect([code, stderr.split("\n").at(-2)]).toEqual([0, expect.stringMatching(/^Creating acme: (\d+) of \1 events$/)]);
    const [, email = "", password = "", token = ""] = /^email +(\S+)\npassword +(\S+)\nCI token +(\S+)$/m.exec(stdout) ?? [];
    expect(stdout).toMatch(/^organization +acme\ncreated +12 releases, \d+ commits, \d+ deploys, 4 people\nsign in at +\S+\/sign-in, /);
    expect(email).toBe("admin@acme.example");

    await using server = await runningServer(dataDir);
    const signedIn = await fetch(`${server.url}/api/auth/sign-in/password`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url },
      body: JSON.stringify({ email, password }),
    });
    expect(signedIn.status).toBe(204);
    const releases = `${server.url}/api/0/organizations/acme/releases/`;
    const listed = await fetch(`${releases}?status=`, { headers: { authorization: `Bearer ${token}` } });
    expect(await listed.json()).toHaveLength(12);
  });

  test("creates the same data for the same options, and different data for another seed", async () => {
    using scratch = scratchDir();
    const dirs = ["one", "other", "third"].map((name) => path.join(scratch.path, name));
    const until = ["--until", "2026-11-24T12:00:00Z"];
    const made = await Promise.all([
      seeded(dirs[0] ?? "", ...until),
      seeded(dirs[1] ?? "", ...until),
      seeded(dirs[2] ?? "", ...until, "--seed", "x"),
    ]);
    const [one, other, third] = dirs.map((dir) => versionsIn(dir));
    expect(one).toHaveLength(12);
    expect(other).toEqual(one);
    expect(third).not.toEqual(one);
    expect(made[1]?.counts).toEqual(made[0]?.counts);
    expect(made[1]?.password).not.toBe(made[0]?.password);
  });

  test("replaces sample data only with --force, and never other data", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    await initialize(dataDir, "--org", "real", "--project", "web", "--email", "olga@acme.test");
    await seeded(dataDir, "--email", "Olga@acme.test");
    expect(await runAdmin(dataDir, "seed", ...SMALL)).toEqual({
      code: 1,
      stdout: "",
      stderr: "An organization with the slug acme already exists. Delete it first, or use another slug.\n",
    });
    expect(await seeded(dataDir, "--replace", "--email", "olga@acme.test")).toMatchObject({ email: "olga@acme.test", password: null });
    expect(await runAdmin(dataDir, "seed", "--org", "real", "--replace", ...SMALL)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The organization "real" has no sample data'),
    });
    expect(useDatabase(dataDir, (db) => db.prepare("select count(*) as users from users where email = 'olga@acme.test'").get())).toEqual({
      users: 1,
    });
  });

  test("writes into the given database file", async () => {
    using scratch = scratchDir();
    const file = path.join(scratch.path, "elsewhere", "landfall.db");
    await seeded(path.join(scratch.path, "data"), "--database", file);
    expect(existsSync(path.join(scratch.path, "data"))).toBe(false);
    expect(versionsIn(path.dirname(file))).toHaveLength(12);
  });

  test.each([
    [["--releases", "many"], "releases: A valid integer is required.\n"],
    [["--projects", "7"], "projects: Ensure this value is less than or equal to 6.\n"],
    [["--org", "No Slug"], expect.stringMatching(/^organization: Use lower-case letters/)],
    [["--email", "nobody"], "email: Enter a valid email address.\n"],
    [["--until", "soon"], "--until soon is not a valid date. Use 2026-11-24 or 2026-11-24T12:00:00Z.\n"],
  ])("refuses %j", async (args, stderr) => {
    using scratch = scratchDir();
    expect(await runAdmin(path.join(scratch.path, "data"), "seed", ...args)).toEqual({ code: 1, stdout: "", stderr });
  });
});
