import { createHash } from "node:crypto";
import { hashToken } from "@landfall/core/access/token-text";
import { createApp } from "@landfall/core/create-app";
import type { App } from "@landfall/core/kernel/app";
import { createDeploy } from "@landfall/core/operations/deploys/create";
import { createInvitation } from "@landfall/core/operations/invitations/manage";
import { createRelease } from "@landfall/core/operations/releases/create";
import { setRetention } from "@landfall/core/operations/retention/retention-rule";
import { saveView } from "@landfall/core/operations/saved-views/saved-views";
import { SCOPES } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import { uploadArtifacts } from "../artifacts/upload-artifacts.ts";
import { createTestApp, type TestApp, testRandom } from "../create-test-app.ts";
import { undoingStore } from "../stores/wrapped-stores.ts";
import type { Caller } from "./access-table.ts";
import { callers } from "./callers.ts";

/** Further callers, who must be rejected everywhere. */
export const GONE = ["revoked", "expired"] as const;

export type AnyCaller = Caller | (typeof GONE)[number];

/** The organization of the access table. */
export interface AccessWorld {
  /** An application whose changes are rolled back, so that calls do not affect each other. */
  readonly app: App;
  /** The same application with lasting changes. */
  readonly lasting: TestApp;
  readonly tokens: Readonly<Record<AnyCaller, string | null>>;
  /** The names of every parameter. A token is one of the organization, or of the caller for operations that revoke the caller's tokens. */
  namesFor(operation: string, caller: AnyCaller): Readonly<Record<string, string>>;
  /** The input that the operation needs to succeed, besides names. */
  inputOf(operation: string): Readonly<Record<string, unknown>>;
  /** The form of an operation; null if it has none. */
  formOf(operation: string): FormData | null;
  close(): Promise<void>;
}

/** A version that only callers with access to its project may see. */
export const SECRET = "secret-1.0";

/** A version of the same project, for operations whose errors repeat the requested version. */
const REQUESTED = "named-1.0";

/** A commit of the secret release. */
const SHA = "5ec2e7a5ec2e7a5ec2e7a5ec2e7a5ec2e7a5ec2e";

/** Texts that are part of everything that requires access to the project. */
export const SECRETS = /secret|5ec2e7a/i;

/** Replacements of names in inputs. */
const MISSING_TEXTS: readonly (readonly [string, string])[] = [
  [SECRET, "absent-1.0"],
  [REQUESTED, "other-1.0"],
  [SHA, "0123456789012345678901234567890123456789"],
  ["pump", "nothing"],
  ["near", "none"],
  ["secret-stage", "absent-stage"],
  ["secret.author@acme.test", "absent.author@acme.test"],
  ["acme/secret", "acme/absent"],
];

/** A text in which all names of the closed project are replaced by names that do not exist. */
export const withoutClosed = (text: string): string =>
  [...MISSING_TEXTS, [BUNDLE, "22222222-2222-4222-8222-222222222222"] as const].reduce(
    (changed, [name, missing]) => changed.replaceAll(name, missing),
    text,
  );

/** The names to replace in a request, so that its objects do not exist: those of the closed project, or of the whole organization. */
export type Missing = "closedProject" | "organization";

const MISSING_NAMES: Readonly<Record<Missing, Readonly<Record<string, string>>>> = {
  closedProject: { project: "nothing", team: "none", repository: "999999", file: "999998" },
  organization: { organization: "nowhere" },
};

/** The parameters and the input of a request, unchanged or with names that do not exist. */
export function renamed<T extends Readonly<Record<string, unknown>>>(
  request: { readonly names: Readonly<Record<string, string>>; readonly input: T },
  missing: Missing | null,
): { readonly names: Readonly<Record<string, string>>; readonly input: Readonly<Record<string, unknown>> } {
  if (missing === null) return request;
  const names = { ...request.names, ...MISSING_NAMES[missing] };
  if (missing === "organization") return { names, input: request.input };
  return readRenamed(withoutClosed(JSON.stringify({ names, input: request.input })));
}

/** Parses JSON of a request; the cast is safe since the request is an object. */
const readRenamed = (text: string) => JSON.parse(text) as { names: Record<string, string>; input: Record<string, unknown> };

/** Opens the world of the access table. */
export async function openAccessWorld(): Promise<AccessWorld> {
  const test = await createTestApp();
  const userIds = await people(test);
  const tokens = await tokensOf(test);
  await report(test);
  const tokenIds = await idsOfTokens(test);
  const store = undoingStore(test.app.store);
  return {
    app: createApp({ store, blobs: test.app.blobs, origin: "http://landfall.test", now: test.clock.now, randomHex: testRandom("access") }),
    lasting: test,
    tokens,
    close: test.close,
    namesFor(operation, caller) {
      const token = tokenIds.get(hashToken(tokens[operation.startsWith("me.") ? caller : "ci"] ?? "")) ?? 0;
      const names = OF_BUNDLE_FILES.has(operation) ? { ...NAMES, file: btoa("a") } : NAMES;
      return { ...names, token: String(token), member: String(userIds.member) };
    },
    formOf: (operation) => (FORMS.has(operation) ? form() : null),
    inputOf: (operation) => ({ ...INPUTS[operation], ...(operation.startsWith("teams.") ? { userId: userIds.otherTeam } : {}) }),
  };
}

/** The id of the project's bundle. */
const BUNDLE = "11111111-1111-4111-8111-111111111111";

const NAMES = {
  organization: "acme",
  project: "pump",
  version: SECRET,
  team: "near",
  repository: "1",
  session: "1",
  view: "1",
  invitation: "1",
  file: "1",
  bundle: BUNDLE,
};

/** Operations on a file of the bundle, whose ids are paths. */
const OF_BUNDLE_FILES: ReadonlySet<string> = new Set(["wire.readBundleFile", "artifacts.checkMap"]);

/** Operations with a form, and a valid one for each. */
const FORMS: ReadonlySet<string> = new Set(["wire.uploadChunks", "wire.uploadFile", "wire.uploadFileInProject"]);

function form(): FormData {
  const sent = new FormData();
  sent.append("name", "~/new.js");
  sent.append("file", new File(["abc"], sha1Of("abc")));
  return sent;
}

const sha1Of = (content: string): string => createHash("sha1").update(content).digest("hex");

/** The inputs of operations, besides names. */
const INPUTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "releases.create": { version: "2.0", projects: ["pump"] },
  "releases.createInProject": { version: "2.0" },
  "releases.update": { ref: "main" },
  "releases.updateInProject": { ref: "main" },
  "releases.edit": { ref: null },
  "releases.changeStatus": { versions: [REQUESTED], status: "archived" },
  "releases.compare": { base: SECRET, head: SECRET },
  "find.changes": { query: SHA },
  "notes.save": { markdown: "x" },
  "notes.preview": { markdown: "x" },
  "commits.get": { sha: SHA },
  "commits.report": { commits: [{ id: SHA, repository: "acme/secret", message: "other", author_email: "secret.author@acme.test" }] },
  "files.rename": { name: "~/renamed.js" },
  "files.renameInProject": { name: "~/renamed.js" },
  "files.deleteSourceMaps": { name: REQUESTED },
  "artifacts.deleteBundle": { bundleId: BUNDLE },
  "artifacts.resolveStack": { stack: "Error" },
  "wire.assembleRelease": { checksum: "a".repeat(40), chunks: [] },
  "wire.assembleBundle": { checksum: "a".repeat(40), chunks: [], projects: ["pump"] },
  "deploys.create": { environment: "production" },
  "environments.deploys": { environment: "secret-stage" },
  "environments.setHidden": { environment: "secret-stage", isHidden: true },
  "environments.setOrder": { environments: ["secret-stage"] },
  "organizations.update": { name: "Acme" },
  "organizations.create": { name: "New" },
  "projects.create": { name: "New" },
  "projects.createInTeam": { name: "New" },
  "projects.update": { name: "Pump" },
  "teams.create": { slug: "new" },
  "teams.addProject": { project: "pump" },
  "teams.removeProject": { project: "pump" },
  "members.updateRole": { role: "admin" },
  "people.get": { email: "secret.author@acme.test" },
  "people.merge": { into: "member@acme.test", emails: ["member@acme.test"] },
  "people.separate": { email: "member@acme.test" },
  "people.importMailmap": { text: "Ada <ada@acme.test> <member@acme.test>" },
  "invitations.create": { email: "new@acme.test", role: "member", team: "near" },
  "tokens.create": { name: "new" },
  "repositories.update": { status: "active" },
  "repositories.links": { ids: ["1"] },
  "repositories.edit": { name: "acme/pump", url: "https://git.acme.test/acme/pump" },
  // The world has one repository, which cannot be merged into itself.
  "repositories.previewMerge": { into: "1" },
  "repositories.merge": { into: "1" },
  "repositories.reportUrl": { name: "acme/secret", url: "https://git.acme.test/acme/secret" },
  "repositories.setTicketUrl": { ticketUrl: "https://jira.acme.test/browse/{ticket}" },
  "overview.dismiss": { kind: "commits", project: "pump", ids: ["1"] },
  "overview.restore": { kind: "commits", project: "pump" },
  "views.list": { page: "releases" },
  "views.save": { page: "releases", name: "new", query: "" },
  "me.createToken": { name: "new", scopes: ["org:read"] },
};

async function people({ given }: TestApp): Promise<{ member: number; otherTeam: number }> {
  await given.organization("acme", { openMembership: false });
  for (const team of ["near", "far"]) await given.team("acme", team);
  await given.project("acme", "pump", { teams: ["near"] });
  await given.project("acme", "valve", { teams: ["far"] });
  await given.organization("globex");
  await given.project("globex", "pump");
  await given.user("stranger@acme.test", { organization: "globex", role: "owner" });
  await given.user("admin@acme.test", { organization: "acme", role: "admin", teams: ["near"] });
  await given.user("manager@acme.test", { organization: "acme", role: "manager" });
  await given.user("owner@acme.test", { organization: "acme", role: "owner" });
  await given.user("closedproject@acme.test", { organization: "acme", role: "admin", teams: ["far"] });
  await given.user("teamless@acme.test", { organization: "acme" });
  const otherTeam = await given.user("otherteam@acme.test", { organization: "acme", teams: ["far"] });
  const member = await given.user("member@acme.test", { organization: "acme", teams: ["near"] });
  return { member: member.id, otherTeam: otherTeam.id };
}

async function tokensOf({ app, given, clock }: TestApp): Promise<Record<AnyCaller, string | null>> {
  const everything = (name: string) => given.userToken(`${name}@acme.test`, SCOPES);
  const tokens = {
    anonymous: null,
    stranger: await everything("stranger"),
    foreignCi: await given.orgToken("globex"),
    ci: await given.orgToken("acme"),
    reader: await given.userToken("owner@acme.test", ["org:read", "project:read"]),
    otherTeam: await everything("otherteam"),
    closedProject: await everything("closedproject"),
    teamless: await everything("teamless"),
    member: await everything("member"),
    admin: await everything("admin"),
    manager: await everything("manager"),
    owner: await everything("owner"),
    revoked: await everything("owner"),
    expired: await everything("owner"),
  };
  await end(app, tokens.revoked, { dateRevoked: clock.now() });
  await end(app, tokens.expired, { dateExpires: clock.now() });
  return tokens;
}

const end = (app: App, token: string, change: { dateRevoked: Date } | { dateExpires: Date }): Promise<void> =>
  app.store.transaction(async (tx) => {
    const { tokens } = tx.tables;
    await tx
      .update(tokens)
      .set(change)
      .where(eq(tokens.tokenHash, hashToken(token)));
  });

/** Creates a release that `otherTeam` may not see, with a commit, a file and a deploy; a retention rule; a saved view and an invitation of the owner. */
async function report({ app, given }: TestApp): Promise<void> {
  const context = await callers(app, given).ci("acme");
  const author = { author_email: "secret.author@acme.test", author_name: "Secret Author" };
  const patch = [{ path: "secret/a.ts", type: "A" as const }];
  const commits = [{ id: SHA, repository: "acme/secret", message: "secret change", ...author, patch_set: patch }];
  await createRelease(context, { organization: "acme", version: SECRET, projects: ["pump"], commits });
  await createDeploy(context, { organization: "acme", version: SECRET, environment: "secret-stage", name: "secret deploy" });
  await createRelease(context, { organization: "acme", version: REQUESTED, projects: ["pump"] });
  await uploadArtifacts(app, context, { organization: "acme", project: "pump", version: SECRET, bundleId: BUNDLE });
  const owner = await callers(app, given).person("owner@acme.test");
  await setRetention(owner, { organization: "acme", project: "pump", keepDays: 90 });
  await saveView(owner, { organization: "acme", page: "board", name: "mine", query: "" });
  await createInvitation(owner, { organization: "acme", email: "invited@acme.test", role: "member" });
}

/** The ids of all tokens, by their hash. */
async function idsOfTokens({ app: { store } }: TestApp): Promise<ReadonlyMap<string, number>> {
  const { tokens } = store.read.tables;
  const rows = await store.read.select({ id: tokens.id, hash: tokens.tokenHash }).from(tokens);
  return new Map(rows.map(({ id, hash }) => [hash, id]));
}
