import type { CommitView } from "@landfall/schema/releases/commits";

type CommitInput = { readonly id: string; readonly repository: string; readonly date: string; readonly message?: string };

/** A commit in the wire's view, for tests. */
export const commitView = ({ id, repository, date, message = "Add wings" }: CommitInput): CommitView => ({
  id,
  message,
  dateCreated: date,
  pullRequest: null,
  suspectCommitType: "",
  repository: {
    id: repository,
    name: repository,
    url: null,
    provider: { id: "unknown", name: "Unknown provider" },
    status: "active",
    dateCreated: date,
    integrationId: null,
    externalSlug: null,
    externalId: null,
  },
  author: {},
  releases: [],
});
