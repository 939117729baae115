import type { CommandTree } from "./command/command.ts";
import { compareReleases } from "./commands/compare.ts";
import { completion } from "./commands/completion.ts";
import { listDeploys, newDeploy } from "./commands/deploys.ts";
import { importTags } from "./commands/import-git-tags.ts";
import { importSentry } from "./commands/import-sentry.ts";
import { login, whoami } from "./commands/login.ts";
import { notes } from "./commands/notes.ts";
import { openRelease } from "./commands/open.ts";
import { listOrganizations } from "./commands/organizations.ts";
import { createProject, listProjects } from "./commands/projects.ts";
import {
  archiveRelease,
  deleteRelease,
  finalizeRelease,
  listReleases,
  newRelease,
  restoreRelease,
  updateRelease,
} from "./commands/releases.ts";
import { listRepositories, setRepositoryUrl } from "./commands/repositories.ts";
import { explainFrame, resolveStack } from "./commands/resolve-stack.ts";
import { setReleaseCommits } from "./commands/set-commits.ts";
import { ship } from "./commands/ship.ts";
import { showRelease } from "./commands/show-release.ts";
import { listEnvironments, orderEnvironments, status } from "./commands/status.ts";
import { createToken, listTokens, revokeToken, rotateToken } from "./commands/tokens.ts";
import { injectSourcemaps, uploadSourcemaps } from "./commands/upload-sourcemaps.ts";
import { where } from "./commands/where.ts";

/** All commands of the program. */
export const COMMANDS: CommandTree = {
  ship,
  status,
  where,
  compare: compareReleases,
  notes,
  releases: {
    describe: "create, update, and list releases",
    commands: {
      new: newRelease,
      list: listReleases,
      show: showRelease,
      update: updateRelease,
      finalize: finalizeRelease,
      archive: archiveRelease,
      restore: restoreRelease,
      delete: deleteRelease,
      "set-commits": setReleaseCommits,
    },
  },
  deploys: { describe: "record and list deploys", commands: { new: newDeploy, list: listDeploys } },
  sourcemaps: {
    describe: "inject debug ids, upload source maps, and resolve stack traces",
    commands: { inject: injectSourcemaps, upload: uploadSourcemaps, resolve: resolveStack, explain: explainFrame },
  },
  import: {
    describe: "create releases from git tags, or from another server",
    commands: { "git-tags": importTags, sentry: importSentry },
  },
  environments: { describe: "list and order environments", commands: { list: listEnvironments, order: orderEnvironments } },
  projects: { describe: "list and create projects", commands: { list: listProjects, create: createProject } },
  repos: { describe: "list repositories and set their URLs", commands: { list: listRepositories, "set-url": setRepositoryUrl } },
  orgs: { describe: "list organizations", commands: { list: listOrganizations } },
  tokens: {
    describe: "create, list, rotate, and revoke tokens",
    commands: { create: createToken, list: listTokens, rotate: rotateToken, revoke: revokeToken },
  },
  login,
  whoami,
  open: openRelease,
  completion: completion(() => COMMANDS),
};
