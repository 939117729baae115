import type { BrowserWorld } from "./browser-world.ts";

/** Reports releases and deploys of the organization "acme" to a world, as a pipeline does. */
export function reporter({ rest }: Pick<BrowserWorld, "rest">) {
  let made = 0;
  return {
    /** A release of one project with so many commits, each with a file, by Grace. */
    async release(project: string, version: string, commits = 0, dateReleased?: string): Promise<void> {
      const sent = Array.from({ length: commits }, () => {
        made += 1;
        return {
          id: String(made).padStart(40, "c"),
          repository: "acme/app",
          message: `feat: number ${made}`,
          author_name: "Grace Hopper",
          author_email: "grace@acme.test",
          patch_set: [{ path: `src/file-${made}.ts`, type: "M" }],
        };
      });
      await rest("POST", "/organizations/acme/releases/", {
        version,
        projects: [project],
        commits: sent,
        ...(dateReleased ? { dateReleased } : {}),
      });
    },
    /** A deploy that took five minutes. */
    async deploy(version: string, environment: string, dateFinished: string, more: object = {}): Promise<void> {
      const dateStarted = new Date(Date.parse(dateFinished) - 5 * 60_000).toISOString();
      const target = `/organizations/acme/releases/${encodeURIComponent(version)}/deploys/`;
      await rest("POST", target, { environment, dateStarted, dateFinished, ...more });
    },
  };
}
