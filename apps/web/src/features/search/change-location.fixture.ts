import type { ChangeLocationView, FoundChangeView } from "@landfall/schema/releases/search";

type Given = Pick<ChangeLocationView, "environment" | "state" | "version"> &
  Partial<Pick<ChangeLocationView, "date">> & { readonly project?: string };

/** Where a change is, for tests: the noon of 1 March 2026 unless another time is given, in the project the version is named after. */
export function whereabout({
  version,
  project = version.split("@")[0] ?? "",
  date = "2026-03-01T12:00:00.000Z",
  ...rest
}: Given): ChangeLocationView {
  return { ...rest, version, date, project: { id: project, slug: project, name: project } };
}

/** A commit that was found, for tests. */
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
