import { commitsRouter } from "./routers/commits.ts";
import { deploysRouter } from "./routers/deploys.ts";
import { releasesRouter } from "./routers/releases.ts";
import { createCallerFactory, router } from "./trpc.ts";

/** Every operation, for typed callers. */
export const appRouter = router({ releases: releasesRouter, commits: commitsRouter, deploys: deploysRouter });

export type AppRouter = typeof appRouter;

/** Calls procedures in this process, with the same access rules and errors as over the wire. */
export const createCaller = createCallerFactory(appRouter);
