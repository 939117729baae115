import { createHash } from "node:crypto";

/** The largest input of one operation, in addition to its input in the access table. */
export type LargestInput = {
  /** `turn` counts the attempts, for input that must differ in each. */
  readonly input?: (turn: number) => Readonly<Record<string, unknown>>;
  readonly form?: () => FormData;
  readonly names?: Readonly<Record<string, string>>;
  /** Whether its changes are kept: writes in several transactions cannot be rolled back. */
  readonly lasts?: boolean;
  /** The expected status; by default a success, since a rejected request measures nothing. */
  readonly status?: number;
};

const many = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));
const sha1 = (text: string): string => createHash("sha1").update(text).digest("hex");

/** Nearly 32 MiB of commits: the largest number of commits, files, authors and repositories, and long messages. */
const commits = (count: number, files: number, turn: number) =>
  many(count, (n) => ({
    id: sha1(`sent ${turn} ${n}`),
    repository: `acme/r${n % 1000}`,
    message: n === 0 ? `fixes ${"A-".repeat(32_000)}` : `fix: ${n}\n\nFixes APP-${n}. ${"word ".repeat(180)}`,
    author_name: `Ben ${n}`,
    author_email: `ben${n}@acme.test`,
    timestamp: new Date(1_600_000_000_000 + n * 1000).toISOString(),
    patch_set: many(files, (file) => ({ path: `src/part${n % 90}/${n}/${file}-${"x".repeat(20)}.ts`, type: "M" })),
  }));

const refs = many(1000, (n) => ({ repository: `acme/r${n}`, commit: sha1(`head ${n}`), previousCommit: sha1(`before ${n}`) }));
const list = (turn: number) => ({ commits: commits(10_000, 10, turn), refs });
const chunks = many(10_000, (n) => sha1(`chunk ${n}`));

const TEMPLATES = ["commit", "request", "issue", "file", "compare"];
const PLACEHOLDERS = "{path}{sha}{number}{file}{from}{to}";

/** The id of the repository that the repositories with the three ids after it are merged into. */
export const MERGED = 900_000;

/** Operations with lists or long texts. */
export const LARGEST: Readonly<Record<string, LargestInput>> = {
  "releases.create": { lasts: true, status: 201, input: (turn) => ({ version: `large-${turn}`, ...list(turn) }) },
  "releases.createInProject": { lasts: true, status: 201, input: (turn) => ({ version: `large-p-${turn}`, ...list(turn + 10) }) },
  "releases.update": { lasts: true, status: 200, input: (turn) => list(turn + 20) },
  "releases.updateInProject": { lasts: true, status: 200, input: (turn) => list(turn + 30) },
  "releases.changeStatus": { input: () => ({ versions: many(500, (n) => `pump@${n}.0.0`), status: "archived" }), status: 200 },
  "releases.compare": { input: () => ({ base: "secret-0.9", limit: 1000 }) },
  "commits.report": { lasts: true, status: 200, input: (turn) => ({ commits: commits(5000, 20, turn + 40) }) },
  "commits.get": { input: () => ({ sha: sha1("commit 0"), repository: "acme/r0" }), status: 200 },
  // Looks up 1,000 projects before it rejects the unknown ones.
  "deploys.create": { status: 400, input: () => ({ projects: ["pump", ...many(999, (n) => `p${n}`)] }) },
  "find.changes": { input: () => ({ query: "because part change feat".repeat(8) }) },
  "overview.dismiss": { input: () => ({ ids: many(1000, (n) => String(n + 1)) }) },
  "people.merge": { input: () => ({ emails: many(200, (n) => `ada${n}@acme.test`) }) },
  "people.importMailmap": {
    input: () => ({ text: many(5000, (n) => `Ada <ada@acme.test> <ada${n}@acme.test> # ${"x".repeat(60)}`).join("\n") }),
  },
  "notes.save": { input: () => ({ markdown: "- **feat**: [a](https://a.test) `b`\n".repeat(540) }), status: 200 },
  "notes.preview": { input: () => ({ markdown: "- **feat**: [a](https://a.test) `b`\n".repeat(540) }), status: 200 },
  // Looks up the environments before it rejects the unknown ones.
  "retention.set": { status: 400, input: () => ({ keepDays: 1, environments: many(20, (n) => `environment-${n}`) }) },
  "me.createToken": {},
  // Operations that the access table allows to no caller, or only to a session: small inputs, rejected after everything was read.
  "invitations.accept": { status: 403 },
  "organizations.create": { status: 409, input: () => ({ name: "x".repeat(64) }) },
  "organizations.delete": { status: 409 },
  "organizations.previewRemoval": { status: 409 },
  "organizations.restore": { status: 404 },
  "password.change": { status: 403 },
  "repositories.create": { status: 400 },
  "repositories.links": { input: () => ({ ids: many(100, (n) => String(n + 1)) }) },
  "repositories.edit": {
    input: () => ({
      links: { templates: Object.fromEntries(TEMPLATES.map((kind) => [kind, `https://git.acme.test/${"x".repeat(400)}/${PLACEHOLDERS}`])) },
      aliases: many(100, (n) => `other/${n}`),
    }),
    // One template cannot have the placeholders of all.
    status: 400,
  },
  "repositories.previewMerge": { input: () => ({ repository: String(MERGED + 1), into: String(MERGED) }), status: 200 },
  "repositories.merge": {
    lasts: true,
    input: (turn) => ({ repository: String(MERGED + 1 + turn), into: String(MERGED) }),
    status: 200,
  },
  "sessions.list": { status: 403 },
  "sessions.revoke": { status: 403 },
  "sessions.revokeOthers": { status: 403 },
  // Looks up the environments before it rejects the unknown ones.
  "environments.setOrder": { status: 400, input: () => ({ environments: many(100, (n) => `environment-${n}`) }) },
  "teams.removeProject": { status: 409 },
  "artifacts.resolveStack": {
    input: () => ({
      release: "secret-1.0",
      stack: `Error: x\n${"    at f (https://acme.test/a.js:1:1)\n".repeat(3300)}`,
      debugIds: Object.fromEntries(many(1000, (n) => [`https://acme.test/${n}.js`, crypto.randomUUID()])),
      files: Object.fromEntries(many(50, (n) => [`${n}.js`, crypto.randomUUID()])),
    }),
    status: 200,
  },
  "wire.assembleRelease": { input: () => ({ chunks }), status: 200 },
  "wire.assembleBundle": { input: () => ({ chunks: chunks.slice(1) }) },
  "wire.uploadChunks": {
    status: 200,
    form: () => {
      const form = new FormData();
      for (const bytes of many(4, (n) => new Uint8Array(8 * 1024 * 1024).fill(n)))
        form.append("file", new File([bytes], createHash("sha1").update(bytes).digest("hex")));
      return form;
    },
  },
  "wire.uploadFile": { form: () => largeFile() },
  "wire.uploadFileInProject": { form: () => largeFile() },
};

function largeFile(): FormData {
  const form = new FormData();
  form.append("name", `~/${"n".repeat(190)}.js`);
  form.append("file", new File([new Uint8Array(64 * 1024 * 1024)], "a.js"));
  return form;
}

/** Operations with a few short fields as input. What they read is as large as possible. */
export const ALL_SMALL: readonly string[] = [
  "releases.list",
  "releases.browse",
  "releases.count",
  "releases.stats",
  "releases.get",
  "releases.edit",
  "releases.delete",
  "releases.previewDeletion",
  "releases.head",
  "releases.meta",
  "releases.previousWithCommits",
  "releases.resolved",
  "releases.listInProject",
  "releases.getInProject",
  "releases.deleteInProject",
  "releases.health",
  "releases.resolvedInProject",
  "releases.activity",
  "commits.ofRelease",
  "commits.files",
  "commits.paths",
  "commits.authors",
  "commits.ofReleaseInProject",
  "commits.repositories",
  "commits.ofProject",
  "deploys.list",
  "deploys.ofRelease",
  "deploys.recent",
  "environments.list",
  "environments.listInProject",
  "environments.deploys",
  "environments.setHidden",
  "board.get",
  "files.list",
  "files.listInProject",
  "files.get",
  "files.rename",
  "files.renameInProject",
  "files.delete",
  "files.deleteInProject",
  "files.sourceMaps",
  "files.deleteSourceMaps",
  "artifacts.uploadOptions",
  "artifacts.bundles",
  "artifacts.browse",
  "artifacts.browseFiles",
  "artifacts.checkMap",
  "artifacts.previewDeletion",
  "artifacts.ofRelease",
  "artifacts.browseOfRelease",
  "artifacts.deleteBundle",
  "artifacts.bundleFiles",
  "artifacts.explainFrame",
  "artifacts.storage",
  "retention.get",
  "retention.preview",
  "retention.run",
  "retention.runs",
  "wire.readFile",
  "wire.readFileInProject",
  "wire.readBundleFile",
  "wire.lookUp",
  "organizations.list",
  "organizations.get",
  "organizations.update",
  "organizations.summary",
  "organizations.removed",
  "projects.list",
  "projects.get",
  "projects.cadence",
  "projects.releaseCounts",
  "projects.create",
  "projects.createInTeam",
  "projects.update",
  "projects.completion",
  "projects.releaseToken",
  "projects.rotateReleaseToken",
  "teams.list",
  "teams.get",
  "teams.create",
  "teams.addMember",
  "teams.removeMember",
  "teams.addProject",
  "members.list",
  "members.updateRole",
  "members.remove",
  "invitations.list",
  "invitations.create",
  "invitations.revoke",
  "people.list",
  "people.get",
  "people.separate",
  "tokens.list",
  "tokens.browse",
  "tokens.create",
  "tokens.rotate",
  "tokens.revoke",
  "repositories.list",
  "repositories.update",
  "repositories.delete",
  "repositories.commits",
  "repositories.browse",
  "repositories.reportUrl",
  "repositories.setTicketUrl",
  "me.whoAmI",
  "me.get",
  "me.regions",
  "me.tokens",
  "me.rotateToken",
  "me.revokeToken",
  "views.list",
  "views.save",
  "views.remove",
  "audit.list",
  "notes.get",
  "overview.get",
  "overview.restore",
];
