import type { ReleaseLineView, VersionScheme } from "@landfall/schema/views/release-line";
import { IconAbc, IconCalendar, IconGitCommit, IconNumber123, IconTag, type TablerIcon } from "@tabler/icons-react";
import { Chip } from "../../../../ui/chip.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import classes from "./release-name.module.css";

/** The name of a way of numbering, what it means for the order of the list, and its picture. */
const SCHEMES: Record<VersionScheme, readonly [name: string, meaning: string, Picture: TablerIcon]> = {
  semver: ["semver", "A version number: sorted by it", IconTag],
  calver: ["CalVer", "Numbered by date", IconCalendar],
  build: ["build", "A running number", IconNumber123],
  hash: ["commit", "The hash of a commit: sorted by date only", IconGitCommit],
  text: ["name", "No version number is read from this name: sorted by date only. Numbers are read from names such as app@1.2.3", IconAbc],
};

/** A release's version with the package kept quiet, cut where there is no room, and how it is numbered. */
export function ReleaseName({ line, href }: { readonly line: ReleaseLineView; readonly href: string }) {
  const [name, meaning, Picture] = SCHEMES[line.scheme];
  const version = line.package === null ? line.description : line.description.replace(`${line.package}@`, "");
  return (
    <span className={classes["name"]}>
      <span className={classes["scheme"]} title={`${name}. ${meaning}`}>
        <Picture size={14} stroke={1.75} aria-hidden="true" />
      </span>
      <PageLink href={href} data-open="" title={line.version} data-archived={line.status === "archived" || undefined}>
        {line.package !== null && <small>{line.package}@</small>}
        <span>{version}</span>
      </PageLink>
      <span className="unseen">{name}</span>
      {line.status === "archived" && <Chip title="Left out of lists unless asked for">archived</Chip>}
    </span>
  );
}
