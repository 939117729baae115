import type { CommandTree } from "./command-tree.ts";
import { completion } from "./commands/completion.ts";
import { listDeploys } from "./commands/deploys/list.ts";
import { newDeploy } from "./commands/deploys/new.ts";
import { login } from "./commands/login.ts";
import { openRelease } from "./commands/open.ts";
import { listOrganizations } from "./commands/orgs/list.ts";
import { createProject } from "./commands/projects/create.ts";
import { listProjects } from "./commands/projects/list.ts";
import { archiveRelease } from "./commands/releases/archive.ts";
import { compareRefs } from "./commands/releases/compare-refs.ts";
import { deleteRelease } from "./commands/releases/delete.ts";
import { finalizeRelease } from "./commands/releases/finalize.ts";
import { listReleases } from "./commands/releases/list.ts";
import { newRelease } from "./commands/releases/new.ts";
import { restoreRelease } from "./commands/releases/restore.ts";
import { setReleaseCommits } from "./commands/releases/set-commits.ts";
import { showRelease } from "./commands/releases/show.ts";
import { updateRelease } from "./commands/releases/update.ts";
import { listRepositories } from "./commands/repos/list.ts";
import { ship } from "./commands/ship.ts";
import { explainFrame } from "./commands/sourcemaps/explain.ts";
import { injectSourcemaps } from "./commands/sourcemaps/inject.ts";
import { resolveStack } from "./commands/sourcemaps/resolve.ts";
import { uploadSourcemaps } from "./commands/sourcemaps/upload.ts";
import { createToken } from "./commands/tokens/create.ts";
import { listTokens } from "./commands/tokens/list.ts";
import { revokeToken } from "./commands/tokens/revoke.ts";
import { whoami } from "./commands/whoami.ts";

/** Every command of the program. */
export const COMMANDS: CommandTree = {
  ship,
  releases: {
    describe: "make, change, list and compare releases",
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
      "compare-refs": compareRefs,
    },
  },
  deploys: { describe: "record and list deploys", commands: { new: newDeploy, list: listDeploys } },
  sourcemaps: {
    describe: "give builds debug ids, upload their source maps, resolve stack traces",
    commands: { inject: injectSourcemaps, upload: uploadSourcemaps, resolve: resolveStack, explain: explainFrame },
  },
  projects: { describe: "list and make projects", commands: { list: listProjects, create: createProject } },
  repos: { describe: "list repositories", commands: { list: listRepositories } },
  orgs: { describe: "list organizations", commands: { list: listOrganizations } },
  tokens: { describe: "make, list and end tokens", commands: { create: createToken, list: listTokens, revoke: revokeToken } },
  login,
  whoami,
  open: openRelease,
  completion: completion(() => COMMANDS),
};
