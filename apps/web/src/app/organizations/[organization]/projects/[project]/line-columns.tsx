import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import type { OrganizationUrls } from "../../../../../ui/addresses.ts";
import type { Column } from "../../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { ContributorAvatars } from "../../releases/author-faces.tsx";
import { DeployedTo } from "../../releases/deployed-to.tsx";
import { ReleaseName } from "../../releases/release-name.tsx";

/** A release of one project in a line. */
export const projectReleaseColumns = (to: OrganizationUrls): readonly Column<ReleaseLineView>[] => [
  { key: "version", head: "Version", grows: true, cell: (line) => <ReleaseName line={line} href={to.release(line.version)} /> },
  { key: "environments", head: "Deployed to", hideBelow: "phone", cell: (line) => <DeployedTo line={line} chosen={[]} to={to} /> },
  { key: "commits", head: "Commits", align: "end", hideBelow: "tablet", cell: ({ commitCount }) => commitCount.toLocaleString("en") },
  { key: "authors", head: "Authors", hideBelow: "tablet", cell: (line) => <ContributorAvatars line={line} /> },
  { key: "created", head: "Created", align: "end", cell: ({ dateCreated }) => <TimeAgo at={dateCreated} /> },
];
