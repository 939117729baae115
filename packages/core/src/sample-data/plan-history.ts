import { DAY, HOUR } from "@landfall/domain/durations";
import type { History, SampleProject, SampleStep } from "./history.ts";
import { planCommits } from "./plan-commits.ts";
import { planDeploys } from "./plan-deploys.ts";
import { planBots, planPeople } from "./plan-people.ts";
import { planReleases } from "./plan-releases.ts";
import { after, type Span } from "./plan-times.ts";
import { planVersions } from "./plan-versions.ts";
import { type ProjectDraft, PROJECTS } from "./sample-projects.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";

export type HistoryOptions = {
  /** Another seed gives another history. */
  readonly seed: string;
  /** The history ends at the last full hour before. */
  readonly now: Date;
  readonly organization: string;
  readonly releases: number;
  /** Including bots. */
  readonly people: number;
  /** At most six. */
  readonly projects: number;
  readonly days: number;
};

const TEAMS = [
  { slug: "apps", name: "Apps" },
  { slug: "platform", name: "Platform" },
];

/** Generates the history of an organization. The same options give the same history within the same hour. */
export function planHistory({ seed, now, organization, ...counts }: HistoryOptions): History {
  const random = seededRandom(seed);
  const end = new Date(Math.floor(now.getTime() / HOUR) * HOUR);
  const span = { start: after(end, -counts.days * DAY), end };
  const bots = planBots(organization).slice(0, Math.max(0, counts.people - 1));
  const teams = TEAMS.map(({ slug }) => slug);
  const people = planPeople(random.of("people"), counts.people - bots.length, organization, teams);
  const drafts = PROJECTS.slice(0, counts.projects);
  const projects = drafts.map(({ slug, name, platform, team }): SampleProject => {
    const repository = `${organization}/${slug}`;
    return { slug, name, platform, team, repository, url: `https://github.example/${repository}` };
  });
  const shares = distribute(
    counts.releases,
    drafts.map(({ weight }) => weight),
  );
  const about = { people, bots, projects, span };
  const steps = drafts.flatMap((draft, index) => stepsOf(random.of(draft.slug), draft, shares[index] ?? 0, about));
  return { start: span.start, organization, teams: TEAMS, people, bots, projects, steps: sortSteps([...steps, ...planNotes(steps, end)]) };
}

type About = Pick<History, "people" | "bots" | "projects"> & { readonly span: Span };

function stepsOf(random: SeededRandom, draft: ProjectDraft, count: number, { people, bots, projects, span }: About): SampleStep[] {
  const project = projects.find(({ slug }) => slug === draft.slug);
  if (!project) return [];
  const team = people.filter((person) => person.team === draft.team);
  const committers = team.length > 0 ? team : people;
  const { releases, changes } = planReleases(random.of("releases"), {
    project,
    sibling: draft.slug === "api" && projects.some(({ slug }) => slug === "billing") ? "billing" : null,
    count,
    span,
    people: committers,
    versions: planVersions(random.of("versions"), draft.scheme),
    commits: planCommits(random.of("commits"), { project: draft, repository: project.repository, people: committers, bots }),
  });
  const deploys = planDeploys(random.of("deploys"), { releases, environments: draft.environments, people: committers, end: span.end });
  return [...releases, ...changes, ...deploys];
}

/** Splits a whole number by weights. The parts add up to the whole number. */
function distribute(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let weightSoFar = 0;
  let distributed = 0;
  return weights.map((weight) => {
    weightSoFar += weight;
    const share = Math.round((whole * weightSoFar) / total) - distributed;
    distributed += share;
    return share;
  });
}

const sortSteps = (steps: readonly SampleStep[]): SampleStep[] =>
  steps.toSorted((one, other) => one.at.getTime() - other.at.getTime() || KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind));

/** The order of steps with the same date. */
const KINDS: readonly SampleStep["kind"][] = ["release", "finalize", "deploy", "archive", "notes"];

const MAX_NOTES = 6;

/** Plans notes for some of the last releases in production, written an hour after their deploys. */
function planNotes(steps: readonly SampleStep[], end: Date): SampleStep[] {
  const shipped = steps
    .filter((step) => step.kind === "deploy" && step.environment === "production" && step.name !== "Roll back")
    .toSorted((one, other) => other.at.getTime() - one.at.getTime());
  return shipped
    .filter((_, index) => index % 3 === 0)
    .slice(0, MAX_NOTES)
    .map(({ at, by, project, version }) => ({
      kind: "notes" as const,
      at: after(at, HOUR),
      by,
      project,
      version,
      markdown: [
        `# ${version}`,
        "",
        "A small release. No action is needed before or after the deploy.",
        "",
        "## Highlights",
        "",
        "- The page that was slow last week is fast again.",
        "- **Support**: the handbook has the new texts in all languages.",
        "",
      ].join("\n"),
    }))
    .filter(({ at }) => at < end);
}
