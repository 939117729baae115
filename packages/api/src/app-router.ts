import { artifactsRouter } from "./routers/artifacts.ts";
import { auditRouter } from "./routers/audit.ts";
import { boardRouter } from "./routers/board.ts";
import { commitsRouter } from "./routers/commits.ts";
import { deploysRouter } from "./routers/deploys.ts";
import { environmentsRouter } from "./routers/environments.ts";
import { releaseFilesRouter } from "./routers/files.ts";
import { searchRouter } from "./routers/find.ts";
import { invitationsRouter } from "./routers/invitations.ts";
import { meRouter } from "./routers/me.ts";
import { membersRouter } from "./routers/members.ts";
import { notesRouter } from "./routers/notes.ts";
import { organizationsRouter } from "./routers/organizations.ts";
import { overviewRouter } from "./routers/overview.ts";
import { passwordRouter } from "./routers/password.ts";
import { contributorsRouter } from "./routers/people.ts";
import { projectsRouter } from "./routers/projects.ts";
import { releasesRouter } from "./routers/releases.ts";
import { repositoriesRouter } from "./routers/repositories.ts";
import { retentionRouter } from "./routers/retention.ts";
import { sessionsRouter } from "./routers/sessions.ts";
import { teamsRouter } from "./routers/teams.ts";
import { tokensRouter } from "./routers/tokens.ts";
import { savedViewsRouter } from "./routers/views.ts";
import { createCallerFactory, router } from "./trpc.ts";

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
