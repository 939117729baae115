import type { ReleaseLineView, VersionScheme } from "@landfall/schema/views/release-line";
import { Chip } from "../../../../ui/chip.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import classes from "./release-name.module.css";

/** The name of a way of numbering, and what it means for the order of the list. */
const SCHEMES: Record<VersionScheme, readonly [name: string, meaning: string]> = {
  semver: ["semver", "A version number: sorted by it"],
  calver: ["CalVer", "Numbered by date"],
  build: ["build", "A running number"],
  hash: ["commit", "The hash of a commit: sorted by date only"],
  text: ["name", "No version number is read from this name: sorted by date only. Numbers are read from names such as app@1.2.3"],
};

/** A release's version with the package kept quiet, cut where there is no room, and how it is numbered. */
export function ReleaseName({ line, href }: { readonly line: ReleaseLineView; readonly href: string }) {
  const [name, meaning] = SCHEMES[line.scheme];
  const version = line.package === null ? line.description : line.description.replace(`${line.package}@`, "");
  return (
    <span className={classes["name"]}>
      <PageLink href={href} data-open="" title={line.version} data-archived={line.status === "archived" || undefined}>
        {line.package !== null && <small>{line.package}@</small>}
        <span>{version}</span>
      </PageLink>
      {line.status === "archived" && <Chip title="Left out of lists unless asked for">archived</Chip>}
      <small title={meaning} data-scheme="">
        {name}
      </small>
    </span>
  );
}
