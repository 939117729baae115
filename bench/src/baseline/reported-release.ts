import { semverColumns } from "@landfall/domain/versions/semver";
import { describeReleases } from "./describe.ts";
import type { Changes, Queries } from "./queries.ts";

export type Report = {
  readonly organization: string;
  readonly version: string;
  readonly projects: readonly string[];
  readonly userAgent: string;
  readonly requestId: string;
  readonly tokenId: number;
};

/** Creates or finds the release in the open transaction, in the same order as the application. */
export function reportRelease(
  queries: Queries,
  changes: Changes,
  { organization: slug, version, projects, ...sender }: Report,
): { release: unknown; created: boolean } {
  const organization = queries.organization.get(0, slug);
  if (!organization) throw new Error(`unknown organization ${slug}`);
  const [organizationId] = organization;
  const linked = queries.projectsNamed.all(organizationId, JSON.stringify(projects), "[]");
  if (linked.length < projects.length) throw new Error(`unknown project among ${projects.join(", ")}`);
  const now = Date.now();
  const known = queries.release.get(organizationId, version);
  const release = known ?? changes.insertRelease.get(...newRelease(organizationId, version, sender.userAgent, now));
  if (!release) throw new Error(`release ${version} was not stored`);
  const [id, , , isArchived, , , , , created, , effective] = release;
  let added = 0;
  for (const [projectId] of linked) if (changes.insertLink.get(id, projectId, isArchived, created, effective, 0)) added += 1;
  if (!known || added > 0) {
    const action = known ? "release.link" : "release.create";
    const details = JSON.stringify({ projects: linked.map(([, , project]) => project) });
    changes.insertAudit.run(organizationId, `token:${sender.tokenId}`, action, version, details, sender.requestId, now);
  }
  const [view] = describeReleases(queries, organizationId, [release], known && queries.linksOf.all(id));
  return { release: view, created: !known || added > 0 };
}

function newRelease(organizationId: number, version: string, userAgent: string, now: number): unknown[] {
  const { package: name, major, minor, patch, revision, prerelease, buildCode, buildNumber } = semverColumns(version);
  const isFinal = prerelease === null ? null : prerelease === "" ? 1 : 0;
  const sortable = [name, major, minor, patch, revision, isFinal, prerelease, buildCode, buildNumber];
  return [organizationId, version, 0, null, null, null, userAgent, now, null, now, 0, "[]", 0, ...sortable];
}
