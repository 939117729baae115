import type { SeededRandom } from "./seeded-random.ts";

type Numbers = readonly [major: number, minor: number, patch: number];

/** How a project names its versions. */
export type Scheme =
  | { readonly kind: "semver"; readonly package: string; readonly from: Numbers }
  | { readonly kind: "build"; readonly package: string; readonly from: Numbers; readonly build: number }
  | { readonly kind: "calendar"; readonly package: string }
  | { readonly kind: "counter"; readonly prefix: string; readonly from: number }
  | { readonly kind: "hash" };

/** What a version can be generated from. */
type Facts = { readonly at: Date; /** The newest commit; null when there are none. */ readonly head: string | null };

/** Generates the next version of a project; never the same one twice. */
export type VersionSource = (facts: Facts) => string;

/** Generates the versions of a scheme. The same seed and facts give the same versions. */
export function planVersions(random: SeededRandom, scheme: Scheme): VersionSource {
  switch (scheme.kind) {
    case "semver": {
      const next = semantic(random, scheme.from);
      return () => `${scheme.package}@${next()}`;
    }
    case "build": {
      const next = semantic(random, scheme.from, { candidates: false });
      let build = scheme.build;
      return () => `${scheme.package}@${next()}+${(build += random.whole(2, 17))}`;
    }
    case "calendar":
      return calendar(scheme.package);
    case "counter": {
      let count = scheme.from;
      return () => `${scheme.prefix}${(count += random.whole(1, 3))}`;
    }
    case "hash":
      return ({ head }) => head ?? random.hex(40);
  }
}

/** Generates semantic versions, mostly patches. Some new minor and major versions have release candidates first. */
function semantic(random: SeededRandom, from: Numbers, { candidates = true } = {}): () => string {
  let [major, minor, patch] = from;
  let candidate = 0;
  return () => {
    if (candidate > 0 && random.chance(0.6)) candidate = 0;
    else if (candidate > 0) candidate += 1;
    else {
      const step = random.weighted([
        ["patch", 12],
        ["minor", 7],
        ["major", 0.4],
      ] as const);
      if (step === "major") [major, minor, patch] = [major + 1, 0, 0];
      else if (step === "minor") [minor, patch] = [minor + 1, 0];
      else patch += 1;
      if (step !== "patch" && candidates && random.chance(0.45)) candidate = 1;
    }
    return `${major}.${minor}.${patch}${candidate > 0 ? `-rc.${candidate}` : ""}`;
  };
}

/** Generates versions from the date, with a number from the second release of a day on. */
function calendar(name: string): VersionSource {
  const counts = new Map<string, number>();
  return ({ at }) => {
    const day = `${at.getUTCFullYear()}.${at.getUTCMonth() + 1}.${at.getUTCDate()}`;
    const count = counts.get(day) ?? 0;
    counts.set(day, count + 1);
    return `${name}@${day}${count > 0 ? `.${count}` : ""}`;
  };
}
