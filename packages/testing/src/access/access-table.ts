/**
 * The callers of the matrix. The organization acme has closed membership. Its release and its project belong to the team `near`.
 *
 * - anonymous: without a token
 * - stranger, foreignCi: the owner of another organization, with every scope; that organization's CI token
 * - ci: acme's CI token, only with the scope org:ci
 * - reader: the owner of acme, with a read-only token (org:read, project:read)
 * - otherTeam: a member of another team, without access to the project; closedProject: an admin of that team, with nearly every scope, so that
 *   only access can be missing; teamless: a member without a team
 * - member, admin: members with these roles in the team `near`; manager, owner: without a team. All people have tokens with every scope,
 *   limited by their role.
 */
export const CALLERS = [
  "anonymous",
  "stranger",
  "foreignCi",
  "ci",
  "reader",
  "otherTeam",
  "closedProject",
  "teamless",
  "member",
  "admin",
  "manager",
  "owner",
] as const;

export type Caller = (typeof CALLERS)[number];

/**
 * `ok` for any success, else the status of the error. `hidden`: the caller may not know that the object exists, and gets the response for
 * a missing one, 404; over REST 403 for organizations and projects in paths, as the contract prescribes (contract 1.17, 1.20, 16.3).
 */
type Verdict = "ok" | "hidden" | number;

/** Callers without access to the project, inside and outside of the organization. */
export const OUTSIDE: readonly string[] = ["anonymous", "stranger", "foreignCi", "otherTeam", "closedProject", "teamless"];

/** The results of an operation by caller, and its REST route: "GET /…", or none. Operations called
 * `wire.…` exist only in REST: their input or output is bytes, or has a form of the wire. */
export type AccessRow = { readonly operation: string; readonly verdicts: Readonly<Record<string, Verdict>>; readonly route: string | null };

/**
 * The access matrix of tokens (contract 2, 16.2, 16.3). It does not include revoked and expired tokens, which have no access. Operations
 * for signed-in users reject every token.
 * The error for a missing scope is 403; 404 for an object that the caller may not know of; 400 for a field with such an object.
 */
const TABLE = `
                             anonymous stranger foreignCi ci  reader otherTeam closedProject teamless member admin manager owner
releases.create              401       hidden   hidden    ok  403    400       400           400      ok     ok    ok      ok    POST /organizations/:organization/releases/
releases.list                401       hidden   hidden    ok  ok     ok        ok            ok       ok     ok    ok      ok    GET /organizations/:organization/releases/
releases.browse              401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -
releases.count               401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -
releases.stats               401       hidden   hidden    ok  ok     ok        ok            ok       ok     ok    ok      ok    GET /organizations/:organization/releases/stats/
releases.get                 401       hidden   hidden    ok  ok     404       404           404      ok     ok    ok      ok    GET /organizations/:organization/releases/:version/
releases.update              401       hidden   hidden    ok  403    404       404           404      ok     ok    ok      ok    PUT /organizations/:organization/releases/:version/
releases.edit                401       404      404       ok  403    404       404           404      ok     ok    ok      ok    -
releases.changeStatus        401       404      404       ok  403    404       404           404      ok     ok    ok      ok    -
releases.delete              401       hidden   403       403 403    404       404           404      ok     ok    ok      ok    DELETE /organizations/:organization/releases/:version/
releases.previewDeletion     401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
releases.head                401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
releases.meta                401       hidden   hidden    ok  ok     404       404           404      ok     ok    ok      ok    GET /organizations/:organization/releases/:version/meta/
releases.previousWithCommits 401       hidden   hidden    ok  ok     404       404           404      ok     ok    ok      ok    GET /organizations/:organization/releases/:version/previous-with-commits/
releases.resolved            401       hidden   403       403 ok     404       404           404      ok     ok    ok      ok    GET /organizations/:organization/releases/:version/resolved/
releases.createInProject     401       hidden   hidden    ok  403    hidden    hidden        hidden   ok     ok    ok      ok    POST /projects/:organization/:project/releases/
releases.listInProject       401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/releases/
releases.getInProject        401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/releases/:version/
releases.updateInProject     401       hidden   hidden    ok  403    hidden    hidden        hidden   ok     ok    ok      ok    PUT /projects/:organization/:project/releases/:version/
releases.deleteInProject     401       hidden   403       403 403    hidden    hidden        hidden   ok     ok    ok      ok    DELETE /projects/:organization/:project/releases/:version/
releases.health              401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/releases/:version/stats/
releases.resolvedInProject   401       hidden   403       403 ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/releases/:version/resolved/
releases.compare             401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
releases.activity            401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
find.changes                 401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -

commits.report               401       404      404       ok  403    ok        ok            ok       ok     ok    ok      ok    -
commits.ofRelease            401       hidden   hidden    ok  ok     404       404           404      ok     ok    ok      ok    GET /organizations/:organization/releases/:version/commits/
commits.get                  401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
commits.files                401       hidden   hidden    ok  ok     404       404           404      ok     ok    ok      ok    GET /organizations/:organization/releases/:version/commitfiles/
commits.paths                401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
commits.authors              401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
commits.ofReleaseInProject   401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/releases/:version/commits/
commits.repositories         401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/releases/:version/repositories/
commits.ofProject            401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/commits/

deploys.create               401       hidden   hidden    ok  403    404       404           404      ok     ok    ok      ok    POST /organizations/:organization/releases/:version/deploys/
deploys.list                 401       hidden   hidden    ok  ok     404       404           404      ok     ok    ok      ok    GET /organizations/:organization/releases/:version/deploys/
deploys.ofRelease            401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
deploys.recent               401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -
environments.list            401       hidden   hidden    ok  ok     ok        ok            ok       ok     ok    ok      ok    GET /organizations/:organization/environments/
environments.listInProject   401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/environments/
environments.deploys         401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
environments.setHidden       401       404      403       403 403    403       404           403      403    ok    ok      ok    -
environments.setOrder        401       404      403       403 403    403       403           403      403    403   ok      ok    -
board.get                    401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -

files.list                   401       hidden   hidden    ok  ok     404       404           404      ok     ok    ok      ok    GET /organizations/:organization/releases/:version/files/
files.listInProject          401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/releases/:version/files/
files.get                    401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
files.rename                 401       hidden   hidden    ok  403    404       404           404      ok     ok    ok      ok    PUT /organizations/:organization/releases/:version/files/:file/
files.renameInProject        401       hidden   hidden    ok  403    hidden    hidden        hidden   ok     ok    ok      ok    PUT /projects/:organization/:project/releases/:version/files/:file/
files.delete                 401       hidden   403       403 403    404       404           404      ok     ok    ok      ok    DELETE /organizations/:organization/releases/:version/files/:file/
files.deleteInProject        401       hidden   403       403 403    hidden    hidden        hidden   ok     ok    ok      ok    DELETE /projects/:organization/:project/releases/:version/files/:file/
files.sourceMaps             401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/files/source-maps/
files.deleteSourceMaps       401       hidden   403       403 403    hidden    hidden        hidden   ok     ok    ok      ok    DELETE /projects/:organization/:project/files/source-maps/
artifacts.uploadOptions      401       hidden   hidden    ok  ok     ok        ok            ok       ok     ok    ok      ok    GET /organizations/:organization/chunk-upload/
artifacts.bundles            401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/files/artifact-bundles/
artifacts.browse             401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
artifacts.browseFiles        401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
artifacts.checkMap           401       404      404       403 403    404       404           404      403    ok    ok      ok    -
artifacts.previewDeletion    401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
artifacts.ofRelease          401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
artifacts.browseOfRelease    401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
artifacts.deleteBundle       401       hidden   403       403 403    hidden    hidden        hidden   ok     ok    ok      ok    DELETE /projects/:organization/:project/files/artifact-bundles/
artifacts.bundleFiles        401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/artifact-bundles/:bundle/files/
artifacts.resolveStack       401       404      404       403 ok     404       404           404      ok     ok    ok      ok    -
artifacts.explainFrame       401       404      404       403 ok     404       404           404      ok     ok    ok      ok    -
artifacts.storage            401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -
retention.get                401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
retention.set                401       404      403       403 403    403       404           403      403    ok    ok      ok    -
retention.preview            401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
retention.run                401       404      403       403 403    403       404           403      403    ok    ok      ok    -
retention.runs               401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -
wire.uploadChunks            401       403      403       ok  403    ok        ok            ok       ok     ok    ok      ok    POST /organizations/:organization/chunk-upload/
wire.assembleRelease         401       403      403       ok  403    404       404           404      ok     ok    ok      ok    POST /organizations/:organization/releases/:version/assemble/
wire.assembleBundle          401       403      403       ok  403    404       404           404      ok     ok    ok      ok    POST /organizations/:organization/artifactbundle/assemble/
wire.uploadFile              401       403      403       ok  403    404       404           404      ok     ok    ok      ok    POST /organizations/:organization/releases/:version/files/
wire.uploadFileInProject     401       403      403       ok  403    403       403           403      ok     ok    ok      ok    POST /projects/:organization/:project/releases/:version/files/
wire.readFile                401       403      403       ok  ok     404       404           404      ok     ok    ok      ok    GET /organizations/:organization/releases/:version/files/:file/
wire.readFileInProject       401       403      403       ok  ok     403       403           403      ok     ok    ok      ok    GET /projects/:organization/:project/releases/:version/files/:file/
wire.readBundleFile          401       403      403       403 403    403       403           403      403    ok    ok      ok    GET /projects/:organization/:project/artifact-bundles/:bundle/files/:file/
wire.lookUp                  401       403      403       ok  ok     403       403           403      ok     ok    ok      ok    GET /projects/:organization/:project/artifact-lookup/

organizations.list           401       ok       ok        ok  ok     ok        ok            ok       ok     ok    ok      ok    GET /organizations/
organizations.get            401       hidden   hidden    ok  ok     ok        ok            ok       ok     ok    ok      ok    GET /organizations/:organization/
organizations.update         401       hidden   403       403 403    403       403           403      403    403   ok      ok    PUT /organizations/:organization/
organizations.summary        401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -
organizations.delete         401       404      403       403 403    403       403           403      403    403   403     409   -
organizations.previewRemoval 401       404      403       403 403    403       403           403      403    403   403     409   -
organizations.removed        401       ok       403       403 403    ok        ok            ok       ok     ok    ok      ok    -
organizations.restore        401       404      403       403 403    404       404           404      404    404   404     404   -
organizations.create         401       409      403       403 403    409       409           409      409    409   409     409   POST /organizations/

projects.list                401       hidden   hidden    ok  ok     ok        ok            ok       ok     ok    ok      ok    GET /organizations/:organization/projects/
projects.get                 401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/
projects.cadence             401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
projects.releaseCounts       401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -
projects.create              401       hidden   403       403 403    403       ok            403      403    ok    ok      ok    POST /organizations/:organization/projects/
projects.createInTeam        401       hidden   403       403 403    403       404           403      403    ok    ok      ok    POST /teams/:organization/:team/projects/
projects.update              401       hidden   403       403 403    403       hidden        403      403    ok    ok      ok    PUT /projects/:organization/:project/
projects.completion          401       hidden   hidden    ok  ok     hidden    hidden        hidden   ok     ok    ok      ok    GET /projects/:organization/:project/releases/completion/
projects.releaseToken        401       hidden   403       403 403    403       hidden        403      403    ok    ok      ok    GET /projects/:organization/:project/releases/token/
projects.rotateReleaseToken  401       hidden   403       403 403    403       hidden        403      403    ok    ok      ok    POST /projects/:organization/:project/releases/token/

teams.list                   401       hidden   403       403 ok     ok        ok            ok       ok     ok    ok      ok    GET /organizations/:organization/teams/
teams.get                    401       404      403       403 ok     404       404           404      ok     ok    ok      ok    -
teams.create                 401       hidden   403       403 403    403       ok            403      403    ok    ok      ok    POST /organizations/:organization/teams/
teams.addMember              401       404      403       403 403    403       404           403      403    ok    ok      ok    -
teams.removeMember           401       404      403       403 403    403       404           403      403    ok    ok      ok    -
teams.addProject             401       404      403       403 403    403       404           403      403    ok    ok      ok    -
teams.removeProject          401       404      403       403 403    403       404           403      403    409   409     409   -
members.list                 401       404      403       403 403    ok        ok            ok       ok     ok    ok      ok    -
members.updateRole           401       404      403       403 403    403       403           403      403    403   ok      ok    -
members.remove               401       404      403       403 403    403       403           403      403    403   ok      ok    -
invitations.list             401       404      403       403 403    403       ok            403      403    ok    ok      ok    -
invitations.create           401       404      403       403 403    403       400           403      403    ok    ok      ok    -
invitations.revoke           401       404      403       403 403    403       ok            403      403    ok    ok      ok    -
invitations.accept           401       403      403       403 403    403       403           403      403    403   403     403   -
people.list                  401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -
people.get                   401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
people.merge                 401       404      403       403 403    403       403           403      403    403   ok      ok    -
people.separate              401       404      403       403 403    403       403           403      403    403   ok      ok    -
people.importMailmap         401       404      403       403 403    403       403           403      403    403   ok      ok    -

tokens.list                  401       hidden   403       403 ok     ok        ok            ok       ok     ok    ok      ok    GET /organizations/:organization/org-auth-tokens/
tokens.browse                401       404      403       403 ok     ok        ok            ok       ok     ok    ok      ok    -
tokens.create                401       hidden   403       403 403    403       403           403      403    403   ok      ok    POST /organizations/:organization/org-auth-tokens/
tokens.rotate                401       404      403       403 403    403       403           403      403    403   ok      ok    -
tokens.revoke                401       hidden   403       403 403    403       403           403      403    403   ok      ok    DELETE /organizations/:organization/org-auth-tokens/:token/

repositories.list            401       hidden   hidden    ok  ok     ok        ok            ok       ok     ok    ok      ok    GET /organizations/:organization/repos/
repositories.create          401       hidden   403       403 400    400       400           400      400    400   400     400   POST /organizations/:organization/repos/
repositories.update          401       hidden   403       403 403    403       404           403      403    ok    ok      ok    PUT /organizations/:organization/repos/:repository/
repositories.delete          401       hidden   403       403 403    403       404           403      403    ok    ok      ok    DELETE /organizations/:organization/repos/:repository/
repositories.commits         401       hidden   403       403 ok     404       404           404      ok     ok    ok      ok    GET /organizations/:organization/repos/:repository/commits/
repositories.browse          401       404      403       403 ok     ok        ok            ok       ok     ok    ok      ok    -
repositories.links           401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -
repositories.edit            401       404      403       403 403    403       404           403      403    ok    ok      ok    -
repositories.previewMerge    401       404      403       403 403    403       404           403      403    403   400     400   -
repositories.merge           401       404      403       403 403    403       404           403      403    403   400     400   -
repositories.reportUrl       401       404      404       ok  403    ok        ok            ok       ok     ok    ok      ok    -
repositories.setTicketUrl    401       404      403       403 403    403       403           403      403    403   ok      ok    -

me.whoAmI                    ok        ok       ok        ok  ok     ok        ok            ok       ok     ok    ok      ok    GET /
me.get                       401       ok       403       403 ok     ok        ok            ok       ok     ok    ok      ok    GET /auth/
me.regions                   401       ok       ok        ok  ok     ok        ok            ok       ok     ok    ok      ok    GET /users/me/regions/
me.tokens                    401       ok       403       403 ok     ok        ok            ok       ok     ok    ok      ok    -
me.createToken               401       ok       403       403 ok     ok        ok            ok       ok     ok    ok      ok    -
me.rotateToken               401       ok       403       403 ok     ok        ok            ok       ok     ok    ok      ok    -
me.revokeToken               401       ok       403       403 ok     ok        ok            ok       ok     ok    ok      ok    -

sessions.list                401       403      403       403 403    403       403           403      403    403   403     403   -
sessions.revoke              401       403      403       403 403    403       403           403      403    403   403     403   -
sessions.revokeOthers        401       403      403       403 403    403       403           403      403    403   403     403   -
password.change              401       403      403       403 403    403       403           403      403    403   403     403   -

views.list                   401       404      403       403 ok     ok        ok            ok       ok     ok    ok      ok    -
views.save                   401       404      403       403 ok     ok        ok            ok       ok     ok    ok      ok    -
views.remove                 401       404      403       403 ok     404       404           404      404    404   404     ok    -

audit.list                   401       404      403       403 403    403       403           403      403    403   ok      ok    -
notes.get                    401       404      404       ok  ok     404       404           404      ok     ok    ok      ok    -
notes.preview                401       404      403       403 403    404       404           404      ok     ok    ok      ok    -
notes.save                   401       404      403       403 403    404       404           404      ok     ok    ok      ok    -
overview.get                 401       404      404       ok  ok     ok        ok            ok       ok     ok    ok      ok    -
overview.dismiss             401       404      403       403 ok     403       403           403      ok     ok    ok      ok    -
overview.restore             401       404      403       403 ok     403       403           403      ok     ok    ok      ok    -
`;

/** The results of an operation by caller: `ok`, or the status of the error. */
export function statusesOf({ verdicts }: AccessRow, over: "rest" | "trpc"): Record<string, "ok" | number> {
  const hidden = over === "rest" ? 403 : 404;
  return Object.fromEntries(Object.entries(verdicts).map(([caller, verdict]) => [caller, verdict === "hidden" ? hidden : verdict]));
}

/** The table, row by row. */
export const ACCESS_TABLE: readonly AccessRow[] = readRows(TABLE);

function readRows(table: string): AccessRow[] {
  const [head = "", ...lines] = table.split("\n").filter((line) => line.trim() !== "");
  if (head.trim().split(/\s+/).join() !== CALLERS.join()) throw new Error("the columns of the access table differ from its callers");
  return lines.map(readRow);
}

function readRow(line: string): AccessRow {
  const [operation = "", ...cells] = line.split(/\s+/);
  const route = cells.slice(CALLERS.length).join(" ");
  const verdicts = Object.fromEntries(CALLERS.map((caller, column) => [caller, readVerdict(line, cells[column])]));
  return { operation, verdicts, route: route === "-" ? null : route };
}

function readVerdict(line: string, cell: string | undefined): Verdict {
  if (cell === "ok" || cell === "hidden") return cell;
  if (cell !== undefined && /^4\d\d$/.test(cell)) return Number(cell);
  throw new Error(`not a verdict: ${cell} in the line ${line}`);
}
