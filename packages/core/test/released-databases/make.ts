import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { openSqlite } from "@landfall/db/sqlite/open";
import { testClock, testRandom } from "@landfall/testing/create-test-app";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { createApp } from "../../src/create-app.ts";
import { createDeploy } from "../../src/operations/deploys/create.ts";
import { createRelease } from "../../src/operations/releases/create.ts";

/**
 * Writes the database a version leaves behind: `node packages/core/test/released-databases/make.ts 0.1.0`, once when it is released.
 * The file is never written again: every later version must open it.
 */
const [version] = process.argv.slice(2);

if (version === undefined) throw new Error("Say which version: make.ts 0.1.0");

const file = path.join(tmpdir(), `landfall-${process.pid}.db`);
const store = await openSqlite({ path: file });
const given = fixtures(store);
await given.organization("acme");
await given.team("acme", "crew");
await given.user("ann@example.test", { name: "Ann", organization: "acme", role: "owner", teams: ["crew"] });
await given.project("acme", "web", { teams: ["crew"] });
const authorization = `Bearer ${await given.userToken("ann@example.test", ["org:admin", "project:admin", "project:releases"])}`;

const clock = testClock("2026-11-24T10:00:00.000Z");
const app = createApp({ store, origin: "http://landfall.test", now: clock.now, randomHex: testRandom() });
const context = await app.contextOf({ authorization, userAgent: "landfall/0.1.0", requestId: null });

const commits = [
  {
    id: "1f0e3dad99908345f7439f8ffabdffc4aaaaaaaa",
    repository: "acme/web",
    message: "Start faster\n\nFixes WEB-12",
    author_name: "Ann",
    author_email: "ann@example.test",
    timestamp: "2026-11-23T09:00:00Z",
    patch_set: [{ path: "src/start.ts", type: "M" as const }],
  },
];

await createRelease(context, {
  organization: "acme",
  version: "web@1.0.0+7",
  projects: ["web"],
  dateReleased: "2026-11-24T09:30:00Z",
  commits,
});

await createDeploy(context, { organization: "acme", version: "web@1.0.0+7", environment: "production", name: "first" });
await store.close();

writeFileSync(new URL(`${version}.db.gz`, import.meta.url), gzipSync(readFileSync(file), { level: 9 }));
rmSync(file);
