import { createHash } from "node:crypto";
import { keepAliveClient } from "./keep-alive-client.ts";

/** What a server has acknowledged. */
export type Reported = {
  /** The commits of each release, in the order a list shows them. */
  readonly releases: Map<string, readonly string[]>;
  /** How many deploys of each. */
  readonly deploys: Map<string, number>;
};

const RELEASES = "/api/0/organizations/acme/releases/";

/** Reports releases with three commits each, and a deploy of every one, over one connection until that breaks; notes what was acknowledged. */
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
      if (created.status !== 201) throw new Error(`${version} was answered ${created.status}: ${created.body}`);
      releases.set(version, ids);
      const deployed = await client.send("POST", `${RELEASES}${version}/deploys/`, { environment: "production" });
      if (deployed.status !== 201) throw new Error(`the deploy of ${version} was answered ${deployed.status}: ${deployed.body}`);
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
