import { releaseName } from "@landfall/domain/versions/release-name";

/** The name of a release, the same everywhere: its package, muted, and its version. The title has the whole version. */
export function ReleaseName({ version }: { readonly version: string }) {
  const { package: name, short } = releaseName(version);
  return (
    <span title={version}>
      {name !== null && <span className="soft">{name}@</span>}
      {short}
    </span>
  );
}
