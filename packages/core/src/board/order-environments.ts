/** What environments are called, in the order changes go through them. The first that fits counts. */
const STAGES: readonly RegExp[] = [
  /^(?:local|dev|devel|development|sandbox)$/,
  /^(?:ci|test|tests|testing|qa|int|integration|preview|review|pr|mr|nightly)$/,
  /^(?:staging|stage|stg|uat|acceptance|acc|preprod|preproduction|pre|demo|rc|beta)$/,
  /^(?:canary|pilot)$/,
  /^(?:prod|production|live)$/,
];

/** What has a name of its own comes after all stages but production. */
const UNKNOWN = STAGES.length - 1.5;

/** Where an environment stands between development (0) and production, told by its name. */
function stageOf(name: string): number | null {
  const words = name
    .toLowerCase()
    .replace("pre-prod", "preprod")
    .split(/[^a-z]+/);
  const stages = words.flatMap((word) => {
    const stage = STAGES.findIndex((words) => words.test(word));
    return stage < 0 ? [] : [stage];
  });
  return stages.at(0) ?? null;
}

/** Whether the name says at which stage the environment is: "staging", "prod-eu". */
export const isStage = (name: string): boolean => stageOf(name) !== null;

/** Environments from development to production, as far as their names tell; by name among equals. */
export function orderEnvironments<T extends { readonly name: string }>(environments: readonly T[]): T[] {
  const rank = ({ name }: T) => stageOf(name) ?? UNKNOWN;
  return environments.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
