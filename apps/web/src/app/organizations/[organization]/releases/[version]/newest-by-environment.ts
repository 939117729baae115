import type { DeployView } from "@landfall/schema/views/deploy";

/** The last finished deploy to each environment, the last of all first. */
export function newestByEnvironment(deploys: readonly DeployView[]): DeployView[] {
  const inOrder = deploys.toSorted((a, b) => Date.parse(b.dateFinished) - Date.parse(a.dateFinished));
  const seen = new Map<string, DeployView>();
  for (const deploy of inOrder) if (!seen.has(deploy.environment)) seen.set(deploy.environment, deploy);
  return [...seen.values()];
}
