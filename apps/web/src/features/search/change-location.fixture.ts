import type { ChangeLocationView, FoundChangeView } from "@landfall/schema/releases/search";

type LocationInput = Pick<ChangeLocationView, "environment" | "state" | "version"> &
  Partial<Pick<ChangeLocationView, "date">> & { readonly project?: string };

/** A location of a change, for tests: by default at noon on 1 March 2026, in the project of the version's package. */
export function locationOf({
  version,
  project = version.split("@")[0] ?? "",
  date = "2026-03-01T12:00:00.000Z",
  ...rest
}: LocationInput): ChangeLocationView {
  return { ...rest, version, date, project: { id: project, slug: project, name: project } };
}

/** A found commit, for tests. */
export const foundChange = (more: Partial<FoundChangeView> = {}): FoundChangeView => ({
  sha: "4f2a91c0d5e6b7a8990011223344556677889900",
  subject: "Fix login (#4812)",
  dateCreated: "2026-02-28T12:00:00.000Z",
  repository: "acme/web",
  author: null,
  matched: ["message"],
  releases: [{ version: "web@4.3.1", dateCreated: "2026-03-01T10:00:00.000Z", dateReleased: null }],
  releaseCount: 1,
  environments: [],
  ...more,
});
