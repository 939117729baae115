import type { ReleaseSummaryView } from "@landfall/schema/releases/release-summary";
import { shellQuote } from "#ui/format.ts";

/** One thing a whole release has. */
export type Check = {
  readonly name: string;
  readonly isDone: boolean;
  readonly label: string;
  /** For what is missing: why it matters, and the commands that fill it. What is optional is missing to some releases only. */
  readonly gap?: { readonly why: string; readonly commands: readonly string[]; readonly isOptional?: true };
};

type CheckedRelease = Pick<
  ReleaseSummaryView,
  | "version"
  | "versionInfo"
  | "dateReleased"
  | "commitCount"
  | "heads"
  | "peopleCount"
  | "deployCount"
  | "artifactCount"
  | "projects"
  | "environments"
>;

/** What the release has and what is missing, each gap with what fills it: with sentry-cli, and with landfall. */
export function completenessChecks(release: CheckedRelease): Check[] {
  const { version, versionInfo, dateReleased, commitCount, peopleCount, deployCount, artifactCount, environments } = release;
  const word = shellQuote(version);
  // Teams that ship every commit have no other versions: nothing is missing.
  const isCommit = versionInfo !== null && versionInfo.buildHash !== null;
  const isUnderstood = isCommit || (versionInfo !== null && "major" in versionInfo.version);
  const heads = headsWithoutCommits(release);
  const setCommits = setCommitsCommands(release);
  const checks: Check[] = [
    {
      name: "version",
      isDone: isUnderstood,
      label: isCommit ? "Version is a commit" : isUnderstood ? "Version understood" : "Version without numbers",
      gap: versionGap(release),
    },
    {
      name: "finalized",
      isDone: dateReleased !== null,
      label: dateReleased === null ? "Not finalized" : "Finalized",
      gap: {
        why: "Nobody has said yet that it is out. Until then it is dated as it was created.",
        commands: [`sentry-cli releases finalize ${word}`, `landfall releases finalize ${word}`],
      },
    },
    {
      name: "commits",
      isDone: commitCount > 0,
      label: heads.length === 0 ? countOrNone(commitCount, "commit") : heads.length === 1 ? "Head commit only" : "Head commits only",
      gap: {
        why: `${describeHeadCommits(heads) ?? "Without commits nobody can tell what is new in it."} Run one of these in its git folder.`,
        commands: setCommits,
      },
    },
    {
      name: "people",
      isDone: peopleCount > 0,
      label: countOrNone(peopleCount, "person", "people"),
      gap: { why: "Its authors come with its commits. Run one of these in its git folder.", commands: setCommits },
    },
    {
      name: "deploys",
      isDone: deployCount > 0,
      label:
        deployCount === 0 ? "No deploys" : `${countOrNone(deployCount, "deploy")} to ${countOrNone(environments.length, "environment")}`,
      gap: {
        why: "It is in no environment, as far as anybody has told.",
        commands: [`sentry-cli deploys new --release ${word} -e production`, `landfall deploys new ${word} -e production`],
      },
    },
    {
      name: "artifacts",
      isDone: artifactCount > 0,
      label: countOrNone(artifactCount, "artifact"),
      gap: {
        isOptional: true,
        why: "Without its source maps, stack traces of minified code name no line anybody wrote. Code that is not minified needs none.",
        commands: [`sentry-cli sourcemaps upload --release=${word} ./dist`, `landfall sourcemaps upload ./dist --release=${word}`],
      },
    },
  ];
  return checks.map(({ gap, ...check }) => (check.isDone || !gap ? check : { ...check, gap }));
}

/** A version cannot be changed later: what follows is for the next one. */
function versionGap({ projects: [project] }: Pick<ReleaseSummaryView, "projects">): Check["gap"] {
  const example = shellQuote(`${project?.slug ?? "web"}@1.0.0`);
  return {
    why: "It is no package@major.minor.patch, so that it is sorted by date and not by number. A version cannot be changed; name the next one so:",
    commands: [`sentry-cli releases new ${example}`, `landfall ship ${example}`],
  };
}

const countOrNone = (count: number, one: string, many = `${one}s`): string =>
  count === 0 ? `No ${many}` : `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

type CommitFacts = Pick<ReleaseSummaryView, "version" | "commitCount" | "heads">;

/** What clients told in place of commits: the newest one alone, as bundler plugins do. */
export const headsWithoutCommits = ({ commitCount, heads }: Omit<CommitFacts, "version">): CommitFacts["heads"] =>
  commitCount === 0 ? heads : [];

/** Says of heads that they are all that is known; null for none. */
function describeHeadCommits(heads: CommitFacts["heads"]): string | null {
  if (heads.length === 0) return null;
  const named = new Intl.ListFormat("en").format(heads.map(({ repository, sha }) => `${sha.slice(0, 10)} in ${repository}`));
  return heads.length === 1
    ? `Its head ${named} is known; the commits up to it were not told.`
    : `Its heads ${named} are known; the commits up to them were not told.`;
}

/** What tells the commits of a release, run in its git folder: with sentry-cli, and with landfall, from where the release before ended. */
export function setCommitsCommands(release: CommitFacts): readonly string[] {
  const word = shellQuote(release.version);
  const heads = headsWithoutCommits(release);
  // By `--auto`, clients that named the head would name it once more.
  const how = heads.length === 0 ? "--auto" : "--local";
  const [head] = heads;
  const from = heads.length === 1 && head?.previousSha ? ` --from ${shellQuote(head.previousSha)}` : "";
  return [`sentry-cli releases set-commits ${word} ${how}`, `landfall releases set-commits ${word}${from}`];
}
