import type { SampleAuthor, SampleCommit, SamplePerson } from "./history.ts";
import { planTimes, type Span } from "./plan-times.ts";
import type { ProjectDraft, Scope } from "./sample-projects.ts";
import type { SeededRandom } from "./seeded-random.ts";

export type CommitPlan = {
  readonly project: ProjectDraft;
  readonly repository: string;
  /** The contributors, those with the most commits first. */
  readonly people: readonly SamplePerson[];
  readonly bots: readonly SampleAuthor[];
};

/** Generates the commits of a repository's next release, the newest first. */
export type CommitSource = (count: number, span: Span) => readonly SampleCommit[];

/** Generates conventional commits with pull requests and tickets, some breaking changes and reverts, and commits of bots. */
export function planCommits(random: SeededRandom, { project, repository, people, bots }: CommitPlan): CommitSource {
  let request = random.whole(400, 2900);
  let ticket = random.whole(90, 800);
  let lastSubject: string | null = null;
  const byWork = people.map((person, index) => [person, 1 / (index + 2)] as const);

  function author(): SampleAuthor {
    const person = random.weighted(byWork);
    const others = [person.secondEmail, person.strayEmail].flatMap((email) => email ?? []);
    return { name: person.name, email: others.length > 0 && random.chance(0.3) ? random.pick(others) : person.email };
  }

  function codeChange(): Pick<SampleCommit, "message" | "patch_set"> {
    request += random.whole(1, 4);
    if (lastSubject !== null && random.chance(0.015)) {
      const message = `Revert "${lastSubject}" (#${request})\n\nIt made the checkout slower for some customers.`;
      lastSubject = null;
      return { message, patch_set: filesOf(random, random.pick(project.scopes), "fix") };
    }
    const type = random.weighted(TYPES);
    const scope = random.pick(project.scopes);
    const isBreaking = (type === "feat" || type === "refactor") && random.chance(0.03);
    const thing = random.pick(scope.things);
    const subject = `${type}(${scope.name})${isBreaking ? "!" : ""}: ${random.pick(SUBJECTS[type].texts).replace("{}", thing)}`;
    const body = [
      ...(isBreaking ? [`BREAKING CHANGE: the settings for ${thing} have to be configured again.`] : []),
      ...(random.chance(0.4) ? [`${type === "fix" ? "Fixes" : "Refs"} ${project.tickets}-${(ticket += random.whole(1, 3))}`] : []),
    ];
    lastSubject = subject;
    return { message: [`${subject} (#${request})`, ...body].join("\n\n"), patch_set: filesOf(random, scope, type) };
  }

  function dependencyUpdate(): Pick<SampleCommit, "message" | "patch_set"> {
    request += 1;
    const [major, minor] = [random.whole(0, 9), random.whole(0, 30)];
    const message = `chore(deps): bump ${random.pick(DEPENDENCIES)} from ${major}.${minor}.0 to ${major}.${minor + 1}.0 (#${request})`;
    const paths = ["package.json", "pnpm-lock.yaml"];
    return { message, patch_set: paths.map((path) => ({ path, type: "M" as const })) };
  }

  return (count, span) => {
    const commits = planTimes(random, count, span).map((timestamp): SampleCommit => {
      const isBump = bots.length > 0 && random.chance(0.11);
      const { name, email } = isBump ? random.pick(bots) : author();
      const change = isBump ? dependencyUpdate() : codeChange();
      return { id: random.hex(40), repository, author_name: name, author_email: email, timestamp, ...change };
    });
    return commits.toReversed();
  };
}

const isType = (text: string): text is CommitType => text in SUBJECTS;

/** By type of commit: its frequency, the files it changes, and its subjects, in which `{}` is replaced by the changed thing. */
const SUBJECTS = {
  feat: {
    weight: 30,
    files: "code",
    texts: [
      "add {}",
      "show {} in the overview",
      "let people choose {}",
      "remember {} between visits",
      "import {} from a file",
      "announce {} to screen readers",
      "limit {} by team",
    ],
  },
  fix: {
    weight: 34,
    files: "code",
    texts: [
      "keep {} when the connection drops",
      "do not count {} twice",
      "show {} after midnight UTC",
      "stop asking for {} again",
      "handle {} without a name",
      "escape {} in addresses",
      "wait for {} before leaving the page",
    ],
  },
  perf: { weight: 6, files: "code", texts: ["load {} on demand", "cache {} for a minute", "halve the queries behind {}"] },
  refactor: { weight: 10, files: "code", texts: ["move {} into a separate module", "use one name for {}", "split {} in two"] },
  docs: { weight: 6, files: "text", texts: ["explain {}", "add an example of {}", "correct the steps for {}"] },
  test: {
    weight: 7,
    files: "tests",
    texts: ["cover {} with property tests", "stop {} from failing on Sundays", "test {} with two time zones"],
  },
  ci: { weight: 3, files: "build", texts: ["cache the build of {}", "run the checks of {} in parallel"] },
  build: { weight: 2, files: "build", texts: ["leave {} out of the bundle"] },
} as const;

const TYPES = Object.keys(SUBJECTS)
  .filter(isType)
  .map((type) => [type, SUBJECTS[type].weight] as const);

const NAMES = ["index", "list", "store", "rules", "view", "format", "query", "state", "dialog", "summary", "sync", "limits"];

const PLACES = {
  code: (scope: Scope, name: string) => `${scope.folder}/${name}.ts`,
  tests: (scope: Scope, name: string) => `${scope.folder}/${name}.test.ts`,
  text: (scope: Scope, name: string) => `docs/${scope.name}/${name}.md`,
  build: (_: Scope, name: string) => `.ci/${name}.yaml`,
} as const;

/** Picks the changed files of a commit, each once. Features often add a file, and features and fixes change a test. */
function filesOf(random: SeededRandom, scope: Scope, type: CommitType): SampleCommit["patch_set"] {
  const place = PLACES[SUBJECTS[type].files];
  const files = new Map<string, "A" | "M" | "D">();
  const count = random.weighted([
    [1, 5],
    [2, 5],
    [3, 3],
    [5, 1],
    [9, 0.3],
  ] as const);
  for (let index = 0; index < count; index += 1) {
    const kind = type === "feat" && random.chance(0.4) ? "A" : random.chance(0.05) ? "D" : "M";
    files.set(place(scope, random.pick(NAMES)), kind);
  }
  if (type === "feat" || type === "fix") files.set(PLACES.tests(scope, random.pick(NAMES)), type === "feat" ? "A" : "M");
  return [...files].map(([path, kind]) => ({ path, type: kind }));
}

type CommitType = keyof typeof SUBJECTS;

/** The dependencies that bots update. */
const DEPENDENCIES = ["vite", "undici", "zod", "pino", "sharp", "postgres", "playwright", "typescript", "eslint", "react"] as const;
