/**
 * Usual names of environments, production first. A name in no group is placed between production and canary: it is likely to be the
 * production of one customer or region.
 */
const STAGES: readonly (RegExp | null)[] = [
  /^(?:prod|production|live)$/,
  null,
  /^(?:canary|pilot)$/,
  /^(?:staging|stage|stg|uat|acceptance|acc|preprod|preproduction|pre|demo|rc|beta)$/,
  /^(?:ci|test|tests|testing|qa|int|integration|preview|review|pr|mr|nightly)$/,
  /^(?:local|dev|devel|development|sandbox)$/,
];

/** Environments that an organization ordered have positions below this one. */
export const FIRST_DEFAULT = 10_000;

/** The position of environments whose name contains no stage. The migration that added positions has the same numbers. */
const UNKNOWN_POSITION = FIRST_DEFAULT + STAGES.indexOf(null);

/**
 * Returns the position of an environment that its organization did not order, by the first stage in its name: "prod-eu" is a production.
 * Lists are sorted by position, then by name.
 */
export function defaultPosition(name: string): number {
  const words = name
    .toLowerCase()
    .replace("pre-prod", "preprod")
    .split(/[^a-z]+/);
  for (const word of words) {
    const stage = STAGES.findIndex((pattern) => pattern?.test(word) === true);
    if (stage >= 0) return FIRST_DEFAULT + stage;
  }
  return UNKNOWN_POSITION;
}

/** Returns whether the organization ordered the environment, or its name contains a stage, as "staging" and "prod-eu" do. */
export const hasKnownPosition = (position: number): boolean => position !== UNKNOWN_POSITION;

type Positioned = { readonly position: number; readonly name: string };

/** Compares two environments by their order in the organization. */
export const compareEnvironments = (a: Positioned, b: Positioned): number =>
  a.position - b.position || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
