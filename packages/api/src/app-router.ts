import { getSelf, listRegions, whoAmI } from "@landfall/core/operations/accounts/me";
import { changePassword } from "@landfall/core/operations/accounts/passwords";
import { deleteArtifactBundle, previewBundleDeletion } from "@landfall/core/operations/artifacts/delete-bundle";
import { describeReleaseArtifacts } from "@landfall/core/operations/artifacts/get-release-artifacts";
import { browseBundleFiles, listBundleFiles } from "@landfall/core/operations/artifacts/list-bundle-files";
import { browseBundles, browseReleaseBundles, listArtifactBundles } from "@landfall/core/operations/artifacts/list-bundles";
import { checkSourceMap } from "@landfall/core/operations/artifacts/read-bundle-file";
import { getChunkOptions } from "@landfall/core/operations/artifacts/upload-chunks";
import { listAudit } from "@landfall/core/operations/audit/list";
import { getBoard } from "@landfall/core/operations/board/get";
import { getCommit } from "@landfall/core/operations/commits/get";
import { listChangedPaths } from "@landfall/core/operations/commits/list-changed-paths";
import { listProjectCommits } from "@landfall/core/operations/commits/list-in-project";
import { listCommitFiles, listProjectReleaseCommits, listReleaseCommits } from "@landfall/core/operations/commits/list-in-release";
import { reportCommits } from "@landfall/core/operations/commits/report";
import { compareReleases } from "@landfall/core/operations/compare/compare";
import { getContributor } from "@landfall/core/operations/contributors/get";
import { importMailmap } from "@landfall/core/operations/contributors/import-mailmap";
import { listContributors } from "@landfall/core/operations/contributors/list";
import { listReleaseContributors } from "@landfall/core/operations/contributors/list-in-release";
import { mergeContributors, separateContributor } from "@landfall/core/operations/contributors/merge";
import { createDeploy } from "@landfall/core/operations/deploys/create";
import { listDeploys, listReleaseDeploys } from "@landfall/core/operations/deploys/list-in-release";
import { listEnvironmentDeploys, listRecentDeploys } from "@landfall/core/operations/deploys/list-recent";
import { listEnvironments, listProjectEnvironments } from "@landfall/core/operations/environments/list";
import { setEnvironmentHidden } from "@landfall/core/operations/environments/set-hidden";
import { setEnvironmentOrder } from "@landfall/core/operations/environments/set-order";
import { acceptInvitation } from "@landfall/core/operations/invitations/accept";
import { createInvitation, listInvitations, revokeInvitation } from "@landfall/core/operations/invitations/manage";
import { listMembers } from "@landfall/core/operations/members/list";
import { removeMember, updateMemberRole } from "@landfall/core/operations/members/update-and-remove";
import { createOrganization } from "@landfall/core/operations/organizations/create";
import { getOrganization, getOrganizationSummary, listOrganizations } from "@landfall/core/operations/organizations/get";
import {
  deleteOrganization,
  listRemovedOrganizations,
  previewOrganizationRemoval,
  restoreOrganization,
} from "@landfall/core/operations/organizations/remove";
import { updateOrganization } from "@landfall/core/operations/organizations/update";
import { dismissAttention, restoreAttention } from "@landfall/core/operations/overview/dismissals";
import { getOverview } from "@landfall/core/operations/overview/get";
import { getCadence } from "@landfall/core/operations/projects/cadence";
import { getCompletion } from "@landfall/core/operations/projects/completion";
import { countProjectReleases } from "@landfall/core/operations/projects/count-releases";
import { createProject, createTeamProject } from "@landfall/core/operations/projects/create";
import { getProject, listProjects } from "@landfall/core/operations/projects/list";
import { getReleaseToken, rotateReleaseToken } from "@landfall/core/operations/projects/release-token";
import { updateProject } from "@landfall/core/operations/projects/update";
import { deleteProjectReleaseFile, deleteReleaseFile } from "@landfall/core/operations/release-files/delete";
import { deleteSourceMaps, listSourceMaps } from "@landfall/core/operations/release-files/legacy-source-maps";
import { listProjectReleaseFiles, listReleaseFiles } from "@landfall/core/operations/release-files/list";
import { getReleaseFile } from "@landfall/core/operations/release-files/read";
import { renameProjectReleaseFile, renameReleaseFile } from "@landfall/core/operations/release-files/rename";
import { getNotes } from "@landfall/core/operations/release-notes/get";
import { previewNotes, saveNotes } from "@landfall/core/operations/release-notes/save";
import { createProjectRelease, createRelease } from "@landfall/core/operations/releases/create";
import { deleteProjectRelease, deleteRelease, previewDeletion } from "@landfall/core/operations/releases/delete";
import { editRelease } from "@landfall/core/operations/releases/edit";
import { getPreviousWithCommits, getProjectRelease, getRelease } from "@landfall/core/operations/releases/get";
import {
  getReleaseMeta,
  getReleaseStats,
  listProjectResolvedIssues,
  listResolvedIssues,
} from "@landfall/core/operations/releases/get-meta";
import { getReleaseSummary } from "@landfall/core/operations/releases/get-summary";
import { listReleases, listReleaseStats } from "@landfall/core/operations/releases/list";
import { listActivity } from "@landfall/core/operations/releases/list-activity";
import { countReleases, browseReleases } from "@landfall/core/operations/releases/browse";
import { listProjectReleases } from "@landfall/core/operations/releases/list-in-project";
import { setReleaseStatus } from "@landfall/core/operations/releases/set-status";
import { updateProjectRelease, updateRelease } from "@landfall/core/operations/releases/update";
import { createRepository, deleteRepository, updateRepository } from "@landfall/core/operations/repositories/create-update-delete";
import { editRepository, reportRepositoryUrl, setTicketUrl } from "@landfall/core/operations/repositories/edit";
import { listReleaseRepositories, listRepositories } from "@landfall/core/operations/repositories/list";
import { listRepositoryCommits } from "@landfall/core/operations/repositories/list-commits";
import { getLinks, listManagedRepositories } from "@landfall/core/operations/repositories/list-managed";
import { mergeRepository, previewRepositoryMerge } from "@landfall/core/operations/repositories/merge";
import { previewRetention } from "@landfall/core/operations/retention/preview";
import { getRetention, setRetention } from "@landfall/core/operations/retention/retention-rule";
import { listRetentionRuns, startRetention } from "@landfall/core/operations/retention/start-and-list-runs";
import { listSavedViews, removeView, saveView } from "@landfall/core/operations/saved-views/saved-views";
import { searchChanges } from "@landfall/core/operations/search/search-changes";
import { listSessions, revokeOtherSessions, revokeSession } from "@landfall/core/operations/sessions/own-sessions";
import { explainFrame } from "@landfall/core/operations/source-maps/explain-frame";
import { resolveStack } from "@landfall/core/operations/source-maps/resolve-stack";
import { getStorage } from "@landfall/core/operations/storage/usage-and-quota";
import { addTeamMember, removeTeamMember } from "@landfall/core/operations/teams/team-members";
import { addTeamProject, removeTeamProject } from "@landfall/core/operations/teams/team-projects";
import { createTeam, getTeam, listTeams } from "@landfall/core/operations/teams/teams";
import {
  createOrgToken,
  listOrgTokenDetails,
  listOrgTokens,
  revokeOrgToken,
  rotateOrgToken,
} from "@landfall/core/operations/tokens/org-tokens";
import { createUserToken, listTokens, revokeToken, rotateToken } from "@landfall/core/operations/tokens/user-tokens";
import { createCallerFactory, mutationOf, openQueryOf, queryOf, router } from "./trpc.ts";

const releasesRouter = router({
  create: mutationOf(createRelease),
  createInProject: mutationOf(createProjectRelease),
  list: queryOf(listReleases),
  browse: queryOf(browseReleases),
  count: queryOf(countReleases),
  listInProject: queryOf(listProjectReleases),
  stats: queryOf(listReleaseStats),
  get: queryOf(getRelease),
  getInProject: queryOf(getProjectRelease),
  head: queryOf(getReleaseSummary),
  meta: queryOf(getReleaseMeta),
  compare: queryOf(compareReleases),
  activity: queryOf(listActivity),
  health: queryOf(getReleaseStats),
  previousWithCommits: queryOf(getPreviousWithCommits),
  resolved: queryOf(listResolvedIssues),
  resolvedInProject: queryOf(listProjectResolvedIssues),
  update: mutationOf(updateRelease),
  updateInProject: mutationOf(updateProjectRelease),
  edit: mutationOf(editRelease),
  changeStatus: mutationOf(setReleaseStatus),
  delete: mutationOf(deleteRelease),
  previewDeletion: queryOf(previewDeletion),
  deleteInProject: mutationOf(deleteProjectRelease),
});

const commitsRouter = router({
  ofRelease: queryOf(listReleaseCommits),
  ofReleaseInProject: queryOf(listProjectReleaseCommits),
  ofProject: queryOf(listProjectCommits),
  get: queryOf(getCommit),
  files: queryOf(listCommitFiles),
  paths: queryOf(listChangedPaths),
  authors: queryOf(listReleaseContributors),
  repositories: queryOf(listReleaseRepositories),
  report: mutationOf(reportCommits),
});

const deploysRouter = router({
  create: mutationOf(createDeploy),
  list: queryOf(listDeploys),
  ofRelease: queryOf(listReleaseDeploys),
  recent: queryOf(listRecentDeploys),
});

const environmentsRouter = router({
  list: queryOf(listEnvironments),
  listInProject: queryOf(listProjectEnvironments),
  deploys: queryOf(listEnvironmentDeploys),
  setHidden: mutationOf(setEnvironmentHidden),
  setOrder: mutationOf(setEnvironmentOrder),
});

/** Files of releases. They are uploaded and downloaded through REST. */
const releaseFilesRouter = router({
  list: queryOf(listReleaseFiles),
  listInProject: queryOf(listProjectReleaseFiles),
  get: queryOf(getReleaseFile),
  rename: mutationOf(renameReleaseFile),
  renameInProject: mutationOf(renameProjectReleaseFile),
  delete: mutationOf(deleteReleaseFile),
  deleteInProject: mutationOf(deleteProjectReleaseFile),
  sourceMaps: queryOf(listSourceMaps),
  deleteSourceMaps: mutationOf(deleteSourceMaps),
});

/** Artifact bundles of projects, and the resolution of stack traces. Bundles are uploaded and downloaded through REST. */
const artifactsRouter = router({
  uploadOptions: queryOf(getChunkOptions),
  bundles: queryOf(listArtifactBundles),
  bundleFiles: queryOf(listBundleFiles),
  browse: queryOf(browseBundles),
  browseFiles: queryOf(browseBundleFiles),
  checkMap: queryOf(checkSourceMap),
  ofRelease: queryOf(describeReleaseArtifacts),
  browseOfRelease: queryOf(browseReleaseBundles),
  previewDeletion: queryOf(previewBundleDeletion),
  deleteBundle: mutationOf(deleteArtifactBundle),
  resolveStack: queryOf(resolveStack),
  explainFrame: queryOf(explainFrame),
  storage: queryOf(getStorage),
});

/** Retention rules of artifacts. */
const retentionRouter = router({
  get: queryOf(getRetention),
  set: mutationOf(setRetention),
  preview: queryOf(previewRetention),
  run: mutationOf(startRetention),
  runs: queryOf(listRetentionRuns),
});

const searchRouter = router({ changes: queryOf(searchChanges) });

const organizationsRouter = router({
  list: queryOf(listOrganizations),
  get: queryOf(getOrganization),
  summary: queryOf(getOrganizationSummary),
  update: mutationOf(updateOrganization),
  create: mutationOf(createOrganization),
  delete: mutationOf(deleteOrganization),
  previewRemoval: queryOf(previewOrganizationRemoval),
  removed: queryOf(listRemovedOrganizations),
  restore: mutationOf(restoreOrganization),
});

const projectsRouter = router({
  list: queryOf(listProjects),
  get: queryOf(getProject),
  create: mutationOf(createProject),
  createInTeam: mutationOf(createTeamProject),
  update: mutationOf(updateProject),
  cadence: queryOf(getCadence),
  releaseCounts: queryOf(countProjectReleases),
  completion: queryOf(getCompletion),
  releaseToken: mutationOf(getReleaseToken),
  rotateReleaseToken: mutationOf(rotateReleaseToken),
});

const teamsRouter = router({
  list: queryOf(listTeams),
  get: queryOf(getTeam),
  create: mutationOf(createTeam),
  addMember: mutationOf(addTeamMember),
  removeMember: mutationOf(removeTeamMember),
  addProject: mutationOf(addTeamProject),
  removeProject: mutationOf(removeTeamProject),
});

const membersRouter = router({
  list: queryOf(listMembers),
  updateRole: mutationOf(updateMemberRole),
  remove: mutationOf(removeMember),
});

const invitationsRouter = router({
  list: queryOf(listInvitations),
  create: mutationOf(createInvitation),
  revoke: mutationOf(revokeInvitation),
  accept: mutationOf(acceptInvitation),
});

const contributorsRouter = router({
  list: queryOf(listContributors),
  get: queryOf(getContributor),
  merge: mutationOf(mergeContributors),
  separate: mutationOf(separateContributor),
  importMailmap: mutationOf(importMailmap),
});

/** Organization tokens; personal ones are below `me`. */
const tokensRouter = router({
  list: queryOf(listOrgTokens),
  browse: queryOf(listOrgTokenDetails),
  create: mutationOf(createOrgToken),
  rotate: mutationOf(rotateOrgToken),
  revoke: mutationOf(revokeOrgToken),
});

const repositoriesRouter = router({
  list: queryOf(listRepositories),
  create: queryOf(createRepository),
  update: mutationOf(updateRepository),
  delete: mutationOf(deleteRepository),
  commits: queryOf(listRepositoryCommits),
  browse: queryOf(listManagedRepositories),
  links: queryOf(getLinks),
  edit: mutationOf(editRepository),
  previewMerge: queryOf(previewRepositoryMerge),
  merge: mutationOf(mergeRepository),
  reportUrl: mutationOf(reportRepositoryUrl),
  setTicketUrl: mutationOf(setTicketUrl),
});

/** The caller, and their personal tokens. */
const meRouter = router({
  whoAmI: openQueryOf(whoAmI),
  get: openQueryOf(getSelf),
  regions: openQueryOf(listRegions),
  tokens: queryOf(listTokens),
  createToken: mutationOf(createUserToken),
  rotateToken: mutationOf(rotateToken),
  revokeToken: mutationOf(revokeToken),
});

/** The sessions of the caller. */
const sessionsRouter = router({
  list: queryOf(listSessions),
  revoke: mutationOf(revokeSession),
  revokeOthers: mutationOf(revokeOtherSessions),
});

/** The caller's password. */
const passwordRouter = router({ change: mutationOf(changePassword) });

/** The caller's saved views. */
const savedViewsRouter = router({ list: queryOf(listSavedViews), save: mutationOf(saveView), remove: mutationOf(removeView) });

/** The audit log. */
const auditRouter = router({ list: queryOf(listAudit) });

/** The notes of a release. */
const notesRouter = router({ get: queryOf(getNotes), preview: queryOf(previewNotes), save: mutationOf(saveNotes) });

/** The content of the home page. */
const overviewRouter = router({
  get: queryOf(getOverview),
  dismiss: mutationOf(dismissAttention),
  restore: mutationOf(restoreAttention),
});

const boardRouter = router({ get: queryOf(getBoard) });

/** Every operation, for typed callers. */
export const appRouter = router({
  releases: releasesRouter,
  commits: commitsRouter,
  deploys: deploysRouter,
  environments: environmentsRouter,
  files: releaseFilesRouter,
  artifacts: artifactsRouter,
  retention: retentionRouter,
  find: searchRouter,
  organizations: organizationsRouter,
  projects: projectsRouter,
  teams: teamsRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  people: contributorsRouter,
  tokens: tokensRouter,
  repositories: repositoriesRouter,
  me: meRouter,
  sessions: sessionsRouter,
  password: passwordRouter,
  views: savedViewsRouter,
  audit: auditRouter,
  notes: notesRouter,
  overview: overviewRouter,
  board: boardRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in this process, with the same access rules and errors as over the wire. */
export const createCaller = createCallerFactory(appRouter);
