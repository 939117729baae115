import { isBuildHash, parseVersionGrammar, safeInteger, splitPackage } from "./grammar.ts";
import { versionScheme } from "./version-info.ts";

/** What orders a version among those of its package; compare with `isLowerVersion`. */
export type VersionOrder = {
  /** Versions of different schemes have no order: a package that changes from dates to semver does not go back in time. */
  readonly scheme: "semver" | "calver" | "build";
  readonly numbers: readonly number[];
  /** The parts of the pre-release; null for a final version, which is higher. */
  readonly pre: readonly (number | string)[] | null;
  /** The commits since the tag of a `git describe` name such as `1.1.0-5-gedf6082`, else 0. */
  readonly sinceTag: number;
};

/** `5-gedf6082`, `rc.1-5-gedf6082`, `5-gedf6082-dirty`. */
const GIT_DESCRIBE = /^(?:(?<pre>.+)-)?(?<count>\d{1,9})-g[0-9a-f]{4,40}(?:-dirty)?$/;

/**
 * Returns what orders a version in the history of its package, or null if it has no order: a hash, a branch, any other text. It differs from
 * the wire's order (contract 13.3) where that contradicts the order of time: `1.2.3` and `v1.2.3` without a package have an order, `rc10` is
 * higher than `rc2`, and a `git describe` name is higher than its tag. Builds of one version (`1.2.3+45`) are equal. Never throws.
 */
export function versionOrder(release: string): VersionOrder | null {
  const { raw } = splitPackage(release.trim());
  const scheme = versionScheme(raw);
  const version = scheme === "hash" || isBuildHash(raw) ? null : parseVersionGrammar(raw.replace(/^v(?=\d)/i, ""));
  if (version === null) return null;
  const numbers: number[] = [];
  for (const digits of [version.major, version.minor, version.patch, version.revision]) {
    const number = safeInteger(digits);
    if (number === null) return null;
    numbers.push(number);
  }
  const described = version.pre === null ? undefined : GIT_DESCRIBE.exec(version.pre)?.groups;
  const pre = described ? described["pre"] : version.pre;
  return {
    scheme: scheme === "calver" || scheme === "build" ? scheme : "semver",
    numbers,
    pre: pre === undefined || pre === null ? null : [...pre.matchAll(/\d+|[a-zA-Z]+/g)].map(([part]) => preReleasePart(part)),
    sinceTag: Number(described?.["count"] ?? 0),
  };
}

const preReleasePart = (part: string): number | string => (/^\d/.test(part) ? (safeInteger(part) ?? part) : part);

/** Whether a version is lower than another of its package. False if they are equal or have no order. */
export function isLowerVersion(version: VersionOrder | null, other: VersionOrder | null): boolean {
  if (version === null || other === null || version.scheme !== other.scheme) return false;
  return compareOrders(version, other) < 0;
}

/** Compares two versions of one scheme: negative if `a` is lower, 0 if they are equal. A total order. */
function compareOrders(a: VersionOrder, b: VersionOrder): number {
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.pre === null || b.pre === null) return Number(a.pre === null) - Number(b.pre === null) || a.sinceTag - b.sinceTag;
  for (const [index, part] of a.pre.entries()) {
    const other = b.pre[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (typeof part === "number" && typeof other === "number") return part - other;
    // As in semver: a number is lower than a text.
    return typeof part === "number" ? -1 : typeof other === "number" ? 1 : part < other ? -1 : 1;
  }
  return a.pre.length - b.pre.length || a.sinceTag - b.sinceTag;
}

/** A release as the history of its package needs it. */
export type HistoryRelease = { readonly order: VersionOrder | null };

/**
 * Returns the releases whose commits a release contains, oldest first, itself last. `line` has the releases of its package in one project,
 * oldest first by release date (else creation date), and contains the release.
 *
 * A release contains the releases before it that are not higher than it, except those on a side line: releases that were lower than an
 * earlier one that is not higher than this release. Example: 1.0.0, 2.0.0, 1.0.1, and 2.1.0 were released in this order. Then 2.1.0 contains
 * 1.0.0 and 2.0.0, but not the hotfix 1.0.1, because it is not known whether the fix was merged; 1.0.1 contains 1.0.0. A version without an
 * order is ordered by date only.
 *
 * If all versions have an order, what two releases of a line both contain is the beginning of both histories, up to where they part.
 */
export function releaseHistory<T extends HistoryRelease>(line: readonly T[], release: T): T[] {
  const history: T[] = [];
  const highest = new Map<VersionOrder["scheme"], VersionOrder>();
  for (const earlier of line.slice(0, line.indexOf(release))) {
    const { order } = earlier;
    if (isLowerVersion(release.order, order)) continue;
    if (order !== null) {
      if (isLowerVersion(order, highest.get(order.scheme) ?? null)) continue;
      highest.set(order.scheme, order);
    }
    history.push(earlier);
  }
  return [...history, release];
}

/**
 * Returns whether the history of a later release of the line contains `release`, as `releaseHistory` does, from fewer releases: `earlier` has
 * the orders of the releases of the line before `release`, in any order.
 */
export function historyContains(
  later: VersionOrder | null,
  release: VersionOrder | null,
  earlier: readonly (VersionOrder | null)[],
): boolean {
  return !isLowerVersion(later, release) && !earlier.some((order) => isLowerVersion(release, order) && !isLowerVersion(later, order));
}
