import type { ReleaseBriefView } from "@landfall/schema/brief";
import type { FoundChangesView } from "@landfall/schema/releases/search";
import { describeLocation } from "#features/search/change-location.ts";
import type { OrganizationUrls } from "#ui/organization-urls.ts";

/** What a search of the palette brought. */
export type SearchResults = {
  readonly at: Date;
  readonly changes: FoundChangesView;
  readonly releases: readonly ReleaseBriefView[];
  readonly people: readonly { readonly name: string | null; readonly email: string }[];
  readonly projects: readonly { readonly slug: string; readonly name: string }[];
};

/** One line to choose. */
export type PaletteItem = {
  /** The same for the same thing whatever was typed. */
  readonly key: string;
  readonly label: string;
  readonly detail?: string;
  /** The detail is a sentence, which needs a line of its own. */
  readonly isTold?: boolean;
  readonly keys?: string;
  readonly href: string;
};

export type PaletteGroup = {
  readonly name: string;
  readonly choices: readonly PaletteItem[];
  /** The server's answer, which may be to what was typed before. */
  readonly isAnswered: boolean;
};

type PaletteInput = {
  readonly to: OrganizationUrls;
  readonly text: string;
  readonly destinations: readonly Destination[];
  readonly answers: SearchResults | null;
};

/** What there is to choose: pages named so first, since whoever types their names wants them; groups without anything are left out. */
export function paletteGroups({ to, text, destinations, answers }: PaletteInput): PaletteGroup[] {
  const asked = text.trim();
  const pages = destinations.map(({ label, href, keys }) => ({ key: `page ${label}`, label, href, ...(keys ? { keys } : {}) }));
  const all = asked === "" ? [] : [{ key: "all", label: `See all results for “${asked}”`, href: to.search({ q: asked }) }];
  const groups: PaletteGroup[] = [
    { name: "Pages and actions", choices: pages, isAnswered: false },
    ...(answers ? resultGroups(to, answers) : []),
    { name: "Search", choices: all, isAnswered: false },
  ];
  return groups.filter(({ choices }) => choices.length > 0);
}

function resultGroups(to: OrganizationUrls, { at, changes, releases, people, projects }: SearchResults): PaletteGroup[] {
  // Those of exactly that version before those that only contain it, each once.
  const found = new Map([...changes.releases, ...releases].map((release) => [release.version, release]));
  return [
    { name: "Releases", choices: [...found.values()].map((release) => releaseItem(to, release)), isAnswered: true },
    { name: "Commits", choices: changes.commits.map((commit) => commitItem(to, commit, at)), isAnswered: true },
    { name: "People", choices: people.map((person) => personItem(to, person)), isAnswered: true },
    { name: "Projects", choices: projects.map((project) => projectItem(to, project)), isAnswered: true },
  ];
}

function releaseItem(to: OrganizationUrls, { version, commitCount, deployCount }: ReleaseBriefView): PaletteItem {
  const detail = `${count(commitCount, "commit")}, ${deployCount === 0 ? "not deployed" : count(deployCount, "deploy")}`;
  return { key: `release ${version}`, label: version, detail, href: to.release(version) };
}

function commitItem(to: OrganizationUrls, commit: FoundChangesView["commits"][number], now: Date): PaletteItem {
  const { sha, subject, repository } = commit;
  return {
    key: `commit ${repository} ${sha}`,
    label: `${sha.slice(0, 8)} ${subject || "No message"}`,
    detail: describeLocation(commit, now),
    isTold: true,
    href: to.commit(sha, { repository }),
  };
}

const personItem = (to: OrganizationUrls, { name, email }: SearchResults["people"][number]): PaletteItem => ({
  key: `person ${email}`,
  label: name ?? email,
  ...(name === null ? {} : { detail: email }),
  href: to.person(email),
});

const projectItem = (to: OrganizationUrls, { slug, name }: SearchResults["projects"][number]): PaletteItem => ({
  key: `project ${slug}`,
  label: name,
  ...(name === slug ? {} : { detail: slug }),
  href: to.project(slug),
});

const count = (number: number, what: string): string => `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;

/** Somewhere to go by name. */
type Destination = { readonly label: string; readonly href: string; readonly keys?: string };

/** What the viewer may do besides looking. */
export type OfferedActions = { readonly projects: boolean; readonly members: boolean };

/** Every page of an organization one goes to by name, and what one starts there. */
export const destinations = (to: OrganizationUrls, offered: OfferedActions): Destination[] => [
  { label: "Go to Home", href: to.home, keys: "g h" },
  { label: "Go to Releases", href: to.releases(), keys: "g r" },
  { label: "Go to Board", href: to.board(), keys: "g b" },
  { label: "Go to Deploys", href: to.deploys(), keys: "g d" },
  { label: "Compare two releases…", href: to.compare(), keys: "g c" },
  { label: "Go to Projects", href: to.projects(), keys: "g p" },
  { label: "Go to People", href: to.people(), keys: "g u" },
  { label: "Go to Settings", href: to.settings(), keys: "g s" },
  { label: "New token…", href: to.settings("tokens") },
  ...(offered.projects ? [{ label: "New project…", href: to.settings("projects") }] : []),
  ...(offered.members ? [{ label: "Invite somebody…", href: to.settings("members") }] : []),
  { label: "Paste a stack trace…", href: to.stack },
  { label: "Your account", href: "/account" },
];

/** Those that every word begins a word of: "bo" finds the board. All of them for no words. */
export function matchingDestinations(all: readonly Destination[], text: string): Destination[] {
  const asked = wordsOf(text);
  return all.filter(({ label }) => {
    const words = wordsOf(label);
    return asked.every((start) => words.some((word) => word.startsWith(start)));
  });
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
