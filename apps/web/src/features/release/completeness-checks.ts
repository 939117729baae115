import { formatCount } from "@landfall/domain/format";
import type { ReleaseSummaryView } from "@landfall/schema/releases/release-summary";
import { shellQuote } from "#ui/format.ts";

/** One item of a complete release. */
export type Check = {
  readonly name: string;
  readonly isDone: boolean;
  readonly label: string;
  /** For a missing item: why it matters and the commands that add it. Optional items do not apply to every release. */
  readonly gap?: {
    readonly why: string;
    readonly commands: readonly string[];
    /** The settings page where it can be added. */
    readonly settings?: { readonly segment: string; readonly label: string };
    readonly isOptional?: true;
  };
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

/** What the release has and what is missing. Each gap has its commands, for sentry-cli and for landfall. */
export function completenessChecks(release: CheckedRelease): Check[] {
  const { version, versionInfo, dateReleased, commitCount, peopleCount, deployCount, artifactCount, environments } = release;
  const quoted = shellQuote(version);
  // Teams that ship every commit have no other versions, so this is not a gap.
  const isCommit = versionInfo !== null && versionInfo.buildHash !== null;
  const isRecognized = isCommit || (versionInfo !== null && "major" in versionInfo.version);
  const heads = headsWithoutCommits(release);
  const setCommits = setCommitsCommands(release);
  const checks: Check[] = [
    {
      name: "version",
      isDone: isRecognized,
      label: isCommit ? "Version is a commit hash" : isRecognized ? "Version recognized" : "Version not recognized",
      gap: versionGap(release),
    },
    {
      name: "finalized",
      isDone: dateReleased !== null,
      label: dateReleased === null ? "Not finalized" : "Finalized",
      gap: {
        why: "Not marked as released. Until then, the date of the release is when it was created.",
        commands: [`sentry-cli releases finalize ${quoted}`, `landfall releases finalize ${quoted}`],
      },
    },
    {
      name: "commits",
      isDone: commitCount > 0,
      label: heads.length === 0 ? countOrNone(commitCount, "commit") : heads.length === 1 ? "Head commit only" : "Head commits only",
      gap: {
        why: `${describeHeadCommits(heads) ?? "Without commits, Landfall cannot show what changed in this release."} Run one of these in its git repository.`,
        commands: setCommits,
      },
    },
    {
      name: "people",
      isDone: peopleCount > 0,
      label: countOrNone(peopleCount, "contributor"),
      gap: { why: "Contributors are read from the commits. Run one of these in its git repository.", commands: setCommits },
    },
    {
      name: "deploys",
      isDone: deployCount > 0,
      label:
        deployCount === 0 ? "No deploys" : `${countOrNone(deployCount, "deploy")} to ${countOrNone(environments.length, "environment")}`,
      gap: {
        why: "Not deployed to any environment yet.",
        commands: [`sentry-cli deploys new --release ${quoted} -e production`, `landfall deploys new ${quoted} -e production`],
      },
    },
    {
      name: "artifacts",
      isDone: artifactCount > 0,
      label: countOrNone(artifactCount, "artifact"),
      gap: {
        isOptional: true,
        why: "Without source maps, stack traces of minified code do not show your source lines. Code that is not minified does not need them.",
        commands: [`sentry-cli sourcemaps upload --release=${quoted} ./dist`, `landfall sourcemaps upload ./dist --release=${quoted}`],
      },
    },
  ];
  if (release.heads.length > 0) checks.push(repositoryCheck(release));
  return checks.map(({ gap, ...check }) => (check.isDone || !gap ? check : { ...check, gap }));
}

/** Without a URL of the repository, commits, pull requests, and files have no links. */
function repositoryCheck({ version, heads }: Pick<ReleaseSummaryView, "version" | "heads">): Check {
  const missing = heads.filter(({ hasLinks }) => !hasLinks).map(({ repository }) => repository);
  const [first] = missing;
  return {
    name: "repositories",
    isDone: first === undefined,
    label:
      first === undefined
        ? "Linked to the repository"
        : missing.length === 1
          ? `No URL for ${first}`
          : `No URL for ${missing.length} repositories`,
    gap: {
      isOptional: true,
      why: `Commits, pull requests, and files of ${new Intl.ListFormat("en").format(missing)} have no links. Report the URL from git, or set it:`,
      commands: [
        `landfall releases set-commits ${shellQuote(version)}`,
        `landfall repos set-url ${shellQuote(first ?? "")} https://git.example.com/acme/web`,
      ],
      settings: { segment: "repositories", label: "Set the URL" },
    },
  };
}

/** A version cannot be changed later, so the commands are for the next release. */
function versionGap({ projects: [project] }: Pick<ReleaseSummaryView, "projects">): Check["gap"] {
  const example = shellQuote(`${project?.slug ?? "web"}@1.0.0`);
  return {
    why: "The version is not of the form package@major.minor.patch, so the release sorts by date, not by number. A version cannot be changed. Name the next one like this:",
    commands: [`sentry-cli releases new ${example}`, `landfall ship ${example}`],
  };
}

const countOrNone = (count: number, one: string): string => (count === 0 ? `No ${one}s` : formatCount(count, one));

type CommitFacts = Pick<ReleaseSummaryView, "version" | "commitCount" | "heads">;

/** The head commits of a release without a commit list; bundler plugins send only those. */
export const headsWithoutCommits = ({ commitCount, heads }: Omit<CommitFacts, "version">): CommitFacts["heads"] =>
  commitCount === 0 ? heads : [];

/** Explains that only head commits are known; null without any. */
function describeHeadCommits(heads: CommitFacts["heads"]): string | null {
  if (heads.length === 0) return null;
  const list = new Intl.ListFormat("en").format(heads.map(({ repository, sha }) => `${sha.slice(0, 10)} in ${repository}`));
  return heads.length === 1
    ? `Only the head commit ${list} is known, not the commits before it.`
    : `Only the head commits ${list} are known, not the commits before them.`;
}

/** Commands that report the commits of a release from its git repository: for sentry-cli, and for landfall since the previous release. */
export function setCommitsCommands(release: CommitFacts): readonly string[] {
  const version = shellQuote(release.version);
  const heads = headsWithoutCommits(release);
  // With `--auto`, sentry-cli would send only the head commit again.
  const mode = heads.length === 0 ? "--auto" : "--local";
  const [head] = heads;
  const from = heads.length === 1 && head?.previousSha ? ` --from ${shellQuote(head.previousSha)}` : "";
  return [`sentry-cli releases set-commits ${version} ${mode}`, `landfall releases set-commits ${version}${from}`];
}
