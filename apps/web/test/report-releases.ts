import { createHash } from "node:crypto";
import { keepAliveClient } from "./keep-alive-client.ts";

/** The writes that a server has acknowledged. */
export type Reported = {
  /** The commits of each release, in the order of lists. */
  readonly releases: Map<string, readonly string[]>;
  /** The number of deploys of each release. */
  readonly deploys: Map<string, number>;
};

const RELEASES = "/api/0/organizations/acme/releases/";

/** Reports releases with three commits and a deploy each over one connection until it breaks. Records what was acknowledged. */
export async function reportReleases(url: string, token: string, prefix: string, { releases, deploys }: Reported): Promise<void> {
  const client = keepAliveClient(url, token);
  try {
    for (let number = 0; ; number++) {
      const version = `${prefix}-${number}`;
      const ids = [1, 2, 3].map((commit) => createHash("sha1").update(`${version} ${commit}`).digest("hex"));
      const commits = ids.map((id) => ({
        id,
        repository: "acme/web",
        message: "x",
        author_email: `${id.slice(0, 2)}@acme.test`,
        author_name: "A",
      }));
      const created = await client.send("POST", RELEASES, { version, projects: ["web"], commits });
      if (created.status !== 201) throw new Error(`creating ${version} returned ${created.status}: ${created.body}`);
      releases.set(version, ids);
      const deployed = await client.send("POST", `${RELEASES}${version}/deploys/`, { environment: "production" });
      if (deployed.status !== 201) throw new Error(`the deploy of ${version} returned ${deployed.status}: ${deployed.body}`);
      deploys.set(version, 1);
    }
  } catch (error) {
    if (!isBrokenConnection(error)) throw error;
  } finally {
    client.close();
  }
}

const isBrokenConnection = (error: unknown): boolean =>
  error instanceof Error && "code" in error && /^(ECONNRESET|ECONNREFUSED|EPIPE)$/.test(String(error.code));
