import { releaseName } from "@landfall/domain/versions/release-name";
import classes from "./release-name.module.css";

/** The name of a release, the same everywhere: its package, muted, and its version. The title has the whole version. */
export function ReleaseName({ version }: { readonly version: string }) {
  const { package: name, short } = releaseName(version);
  return (
    <span title={version} className={classes["name"]}>
      <bdi>
        {name !== null && <span className={classes["package"]}>{name}@</span>}
        {short}
      </bdi>
    </span>
  );
}
