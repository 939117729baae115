import { createDeploy } from "@landfall/core/operations/deploys/create";
import { createProjectRelease, createRelease } from "@landfall/core/operations/releases/create";
import { SCOPES } from "@landfall/schema/scope";
import { DEBUG_ID, uploadArtifacts } from "../artifacts/upload-artifacts.ts";
import { createTestApp, type TestApp } from "../create-test-app.ts";
import type { Known } from "./aimed-values.ts";

/** A small organization for random requests, in which most generated names exist. */
export interface FuzzApp extends TestApp {
  /** The token of the organization's owner, with every scope. */
  readonly token: string;
  /** Existing names, by the name of the field or (with a colon) of the path parameter. */
  readonly known: Known;
}

const BUNDLE = "11111111-1111-4111-8111-111111111111";

const KNOWN: Known = {
  organization: ["acme", "1"],
  project: ["pump", "valve", "1"],
  projectSlug: ["pump", "valve"],
  projects: ["pump", "valve", "1"],
  version: ["1.0", "app@2.0.0-rc1+77", "1.0 β"],
  team: ["crew", "1"],
  repository: ["acme/app"],
  ":repository": ["1"],
  repo_name: ["acme/app"],
  environment: ["production", "staging"],
  owner: ["ada@example.com", "1"],
  ":file": ["1", Buffer.from("a").toString("base64"), Buffer.from("_~/a.js").toString("base64")],
  ":bundle": [BUNDLE],
  bundleId: [BUNDLE],
  name: ["1.0", "~/a.js"],
  release: ["1.0"],
  dist: ["d1"],
  url: ["~/a.js", "https://example.com/a.js"],
  debug_id: [DEBUG_ID, DEBUG_ID.toUpperCase()],
  download: ["1", "artifact_bundle/1", "release_file/1", "release_archive/1"],
  checksum: ["a".repeat(40)],
  sortBy: ["date_added", "-date_modified"],
  ":member": ["1", "2"],
  userId: ["1", "2"],
  id: ["a".repeat(40), "b"],
};

/** Opens an application with two projects, releases with commits, files, head commits and deploys, a team, two people and their tokens. */
export async function openFuzzApp(kind: Parameters<typeof createTestApp>[0]): Promise<FuzzApp> {
  const test = await createTestApp(kind);
  const { given } = test;
  await given.organization("acme");
  await given.team("acme", "crew");
  await given.project("acme", "pump", { teams: ["crew"] });
  await given.project("acme", "valve");
  await given.user("ada@example.com", { organization: "acme", role: "owner", teams: ["crew"] });
  await given.user("bob@example.com", { organization: "acme", role: "member" });
  await given.orgToken("acme");
  const token = await given.userToken("ada@example.com", SCOPES);
  await report(test, token);
  return { ...test, token, known: KNOWN };
}

async function report({ app }: TestApp, token: string): Promise<void> {
  const context = await app.contextOf({ authorization: `Bearer ${token}`, userAgent: null, requestId: null });
  const organization = "acme";
  const commit = {
    id: "a".repeat(40),
    repository: "acme/app",
    author_name: "Ada",
    author_email: "ada@example.com",
    message: "Fixes APP-1",
    timestamp: "2018-12-19T19:25:49Z",
    patch_set: [{ path: "a/b", type: "M" as const }],
  };
  await createRelease(context, { organization, version: "1.0", projects: ["pump", "valve"], commits: [commit, { id: "b" }] });
  const refs = [{ repository: "acme/app", commit: "c" }];
  await createRelease(context, { organization, version: "app@2.0.0-rc1+77", projects: ["pump"], dateReleased: "2019-01-01", refs });
  await createProjectRelease(context, { organization, project: "pump", version: "1.0 β", status: "archived" });
  await uploadArtifacts(app, context, { organization, project: "pump", version: "1.0", bundleId: BUNDLE });
  await createDeploy(context, { organization, version: "1.0", environment: "production" });
}

/** Every run sends the same requests; FUZZ_SEED selects others, FUZZ_RUNS multiplies their number. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_181_219);

const FACTOR = Number(process.env.FUZZ_RUNS ?? 1);

/** The parameters of a property: about `count` examples, always the same ones. */
export const runs = (count: number): { seed: number; numRuns: number } => ({
  seed: SEED,
  numRuns: Math.max(1, Math.round(count * FACTOR)),
});

/** A test title with the seed. */
export const titled = (title: string): string => `${title} (seed ${SEED})`;
