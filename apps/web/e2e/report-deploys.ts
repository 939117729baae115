import type { BrowserWorld } from "./browser-world.ts";

/** Returns functions that report releases and deploys of the organization "acme", as a pipeline does. */
export function reporter({ rest }: Pick<BrowserWorld, "rest">) {
  let count = 0;
  return {
    /** Reports a release of one project with so many commits by Grace, each with a file. */
    async release(project: string, version: string, commits = 0, dateReleased?: string): Promise<void> {
      const commitList = Array.from({ length: commits }, () => {
        count += 1;
        return {
          id: String(count).padStart(40, "c"),
          repository: "acme/app",
          message: `feat: number ${count}`,
          author_name: "Grace Hopper",
          author_email: "grace@acme.test",
          patch_set: [{ path: `src/file-${count}.ts`, type: "M" }],
        };
      });
      await rest("POST", "/organizations/acme/releases/", {
        version,
        projects: [project],
        commits: commitList,
        ...(dateReleased ? { dateReleased } : {}),
      });
    },
    /** Reports a deploy that took five minutes. */
    async deploy(version: string, environment: string, dateFinished: string, more: object = {}): Promise<void> {
      const dateStarted = new Date(Date.parse(dateFinished) - 5 * 60_000).toISOString();
      const target = `/organizations/acme/releases/${encodeURIComponent(version)}/deploys/`;
      await rest("POST", target, { environment, dateStarted, dateFinished, ...more });
    },
  };
}
