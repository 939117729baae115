import type { VersionScheme } from "@landfall/schema/views/release-line";

const SCHEME_LABELS: Readonly<Record<VersionScheme, string>> = {
  semver: "semantic versions",
  calver: "versions by date",
  build: "build numbers",
  hash: "versions that are hashes",
  text: "versions of any text",
};

/** How a project numbers its versions, from those of its newest releases; null where there are none. */
export function describeSchemes(schemes: readonly VersionScheme[]): string | null {
  const [first, second] = [...Map.groupBy(schemes, (scheme) => scheme)].toSorted(([, a], [, b]) => b.length - a.length);
  if (!first) return null;
  return second ? `mostly ${SCHEME_LABELS[first[0]]}` : SCHEME_LABELS[first[0]];
}
