import type { Route } from "./route.ts";
import { commitRoutes } from "./routes/commits.ts";
import { deployRoutes } from "./routes/deploys.ts";
import { projectReleaseRoutes } from "./routes/project-releases.ts";
import { releaseRoutes } from "./routes/releases.ts";

/** The whole wire. Fixed paths stand before those with a parameter in the same place. */
export const ROUTES: readonly Route[] = [...releaseRoutes, ...commitRoutes, ...deployRoutes, ...projectReleaseRoutes];
