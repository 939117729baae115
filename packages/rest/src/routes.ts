import type { Route } from "./route.ts";
import { artifactBundleRoutes } from "./routes/artifact-bundles.ts";
import { assembleRoutes } from "./routes/assemble.ts";
import { chunkUploadRoutes } from "./routes/chunk-upload.ts";
import { commitRoutes } from "./routes/commits.ts";
import { deployRoutes } from "./routes/deploys.ts";
import { meRoutes } from "./routes/me.ts";
import { organizationRoutes } from "./routes/organizations.ts";
import { projectReleaseRoutes } from "./routes/project-releases.ts";
import { projectRoutes } from "./routes/projects.ts";
import { releaseFileRoutes } from "./routes/release-files.ts";
import { releaseRoutes } from "./routes/releases.ts";
import { repositoryRoutes } from "./routes/repositories.ts";

/** The whole wire. Fixed paths stand before those with a parameter in the same place. */
export const ROUTES: readonly Route[] = [
  ...meRoutes,
  ...organizationRoutes,
  ...chunkUploadRoutes,
  ...assembleRoutes,
  ...repositoryRoutes,
  ...releaseRoutes,
  ...releaseFileRoutes,
  ...commitRoutes,
  ...deployRoutes,
  ...projectRoutes,
  ...projectReleaseRoutes,
  ...artifactBundleRoutes,
];
