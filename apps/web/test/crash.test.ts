import path from "node:path";
import { expect, test } from "vitest";
import { type Reported, reportReleases } from "./report-releases.ts";
import { keepAliveClient } from "./keep-alive-client.ts";
import { provisioned } from "./provisioned.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { seededRandom } from "./seeded-random.ts";
import { useDatabase } from "./use-database.ts";
import { waitFor } from "./wait-for.ts";

const RELEASES = "/api/0/organizations/acme/releases/";
const ROUNDS = 10;
const CONNECTIONS = 16;

/** Set LANDFALL_CRASH_SEED to the number that a failure printed to repeat the same run. */
const seed = Number(process.env.LANDFALL_CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));

test(`acknowledged writes survive SIGKILL, and nothing is half written (LANDFALL_CRASH_SEED=${seed})`, { timeout: 240_000 }, async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const token = await provisioned(dataDir);
  const random = seededRandom(seed);
  const reported: Reported = { releases: new Map(), deploys: new Map() };
  let last = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const server = await runningServer(dataDir);
    await expectReported(server.url, token, reported, last);
    last = reported.releases.size;
    const writers = Array.from({ length: CONNECTIONS }, (_, worker) => reportReleases(server.url, token, `${round}-${worker}`, reported));
    await new Promise((resolve) => {
      setTimeout(resolve, 100 + random() * 900);
    });
    // On a busy machine, the kill may come before the first release.
    await waitFor(() => reported.releases.size > last);
    expect(await server.stop("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
    await Promise.all(writers);
    expect(reported.releases.size).toBeGreaterThan(last);
    expectWholeReleases(dataDir);
  }
  await using server = await runningServer(dataDir);
  await expectReported(server.url, token, reported, 0);
});

/** Expects every acknowledged release from the `since`-th on, with its commits and deploys. */
async function expectReported(url: string, token: string, { releases, deploys }: Reported, since: number): Promise<void> {
  const client = keepAliveClient(url, token);
  for (const [version, commits] of [...releases].slice(since)) {
    const release = await client.send("GET", `${RELEASES}${version}/`);
    expect([version, release.status]).toEqual([version, 200]);
    const { commitCount, deployCount } = JSON.parse(release.body);
    expect({ version, commitCount }).toEqual({ version, commitCount: commits.length });
    expect(deployCount).toBeGreaterThanOrEqual(deploys.get(version) ?? 0);
    const listed = await client.send("GET", `${RELEASES}${version}/commits/`);
    const ids: unknown = JSON.parse(listed.body).map((commit: { readonly id: string }) => commit.id);
    expect([version, ids]).toEqual([version, commits]);
  }
  client.close();
}

/** Expects that every release has its project and commits, acknowledged or not, since each is one transaction. */
function expectWholeReleases(dataDir: string): void {
  useDatabase(dataDir, (db) => {
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.pragma("foreign_key_check")).toEqual([]);
    const incomplete = db.prepare(`
      select r.version, r.commit_count,
        (select count(*) from release_projects p where p.release_id = r.id) as projects,
        (select count(*) from release_commits c where c.release_id = r.id) as commits,
        r.deploy_count, (select count(*) from deploys d where d.release_id = r.id) as deploys
      from releases r where projects <> 1 or commits <> 3 or r.commit_count <> commits or r.deploy_count <> deploys`);
    expect(incomplete.all()).toEqual([]);
  });
}
