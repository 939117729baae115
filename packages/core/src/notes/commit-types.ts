/** The sections of a draft in their order, with the types of commits that belong there (Conventional Commits, and how people write them). */
const SECTIONS = [
  ["Breaking changes", []],
  ["Features", ["feat", "feats", "feature", "features"]],
  ["Fixes", ["fix", "fixes", "bugfix", "hotfix", "bug"]],
  ["Performance", ["perf", "performance"]],
  ["Security", ["security", "sec"]],
  ["Improvements", ["improvement", "improvements", "improve", "enhancement"]],
  ["Reverts", []],
  ["Documentation", ["docs", "doc"]],
  ["Refactoring", ["refactor", "refactoring", "ref"]],
  ["Tests", ["test", "tests"]],
  ["Build", ["build"]],
  ["Continuous integration", ["ci"]],
  ["Style", ["style"]],
  ["Chores", ["chore", "chores"]],
  ["Other changes", []],
  ["Dependencies", ["deps", "dep"]],
] as const satisfies readonly (readonly [string, readonly string[]])[];

export type SectionTitle = (typeof SECTIONS)[number][0];

/** The titles of all sections, in the order they are shown. */
export const SECTION_TITLES: readonly SectionTitle[] = SECTIONS.map(([title]) => title);

const BY_TYPE: ReadonlyMap<string, SectionTitle> = new Map(
  SECTIONS.flatMap(([title, types]) => types.map((type): [string, SectionTitle] => [type, title])),
);

/** The section of a type of commit; undefined for a word that is no known type. */
export const sectionOfType = (type: string): SectionTitle | undefined => BY_TYPE.get(type.toLowerCase());
