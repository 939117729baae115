import { formatRelease } from "@landfall/domain/versions/release-name";
import { formatCount } from "@landfall/domain/format";
import type { ReleaseBriefView } from "@landfall/schema/brief";
import type { FoundChangesView } from "@landfall/schema/releases/search";
import { describeLocation } from "#features/search/change-location.ts";
import type { SettingsPage } from "#features/settings/settings-access.ts";
import type { OrganizationUrls } from "#ui/organization-urls.ts";

/** The results of a search. */
export type SearchResults = {
  readonly at: Date;
  readonly changes: FoundChangesView;
  readonly releases: readonly ReleaseBriefView[];
  readonly people: readonly { readonly name: string | null; readonly email: string }[];
  readonly projects: readonly { readonly slug: string; readonly name: string }[];
};

/** An option of the palette. */
export type PaletteItem = {
  /** Identifies the option independently of the text. */
  readonly key: string;
  readonly label: string;
  readonly detail?: string | undefined;
  /** Whether the detail is a sentence, which gets a line of its own. */
  readonly isSentence?: boolean;
  readonly keys?: string | undefined;
  readonly href: string;
};

export type PaletteGroup = {
  readonly name: string;
  readonly choices: readonly PaletteItem[];
  /** Whether it is a result of the server, which may be for an earlier text. */
  readonly isResult: boolean;
};

type PaletteInput = {
  readonly to: OrganizationUrls;
  readonly text: string;
  readonly destinations: readonly Destination[];
  readonly results: SearchResults | null;
};

/** Returns the groups of options: matching pages first, then results. Empty groups are left out. */
export function paletteGroups({ to, text, destinations, results }: PaletteInput): PaletteGroup[] {
  const query = text.trim();
  const pages = destinations.map(({ label, href, keys }) => ({ key: `page ${label}`, label, href, keys }));
  const all = query === "" ? [] : [{ key: "all", label: `See all results for “${query}”`, href: to.search({ q: query }) }];
  const groups: PaletteGroup[] = [
    { name: "Pages and actions", choices: pages, isResult: false },
    ...(results ? resultGroups(to, results) : []),
    { name: "Search", choices: all, isResult: false },
  ];
  return groups.filter(({ choices }) => choices.length > 0);
}

function resultGroups(to: OrganizationUrls, { at, changes, releases, people, projects }: SearchResults): PaletteGroup[] {
  // Releases of exactly that version first, each release once.
  const found = new Map([...changes.releases, ...releases].map((release) => [release.version, release]));
  return [
    { name: "Releases", choices: [...found.values()].map((release) => releaseItem(to, release)), isResult: true },
    { name: "Commits", choices: changes.commits.map((commit) => commitItem(to, commit, at)), isResult: true },
    { name: "Contributors", choices: people.map((person) => personItem(to, person)), isResult: true },
    { name: "Projects", choices: projects.map((project) => projectItem(to, project)), isResult: true },
  ];
}

function releaseItem(to: OrganizationUrls, { version, commitCount, deployCount }: ReleaseBriefView): PaletteItem {
  const detail = `${formatCount(commitCount, "commit")}, ${deployCount === 0 ? "not deployed" : formatCount(deployCount, "deploy")}`;
  return { key: `release ${version}`, label: formatRelease(version), detail, href: to.release(version) };
}

function commitItem(to: OrganizationUrls, commit: FoundChangesView["commits"][number], now: Date): PaletteItem {
  const { sha, subject, repository } = commit;
  return {
    key: `commit ${repository} ${sha}`,
    label: `${sha.slice(0, 8)} ${subject || "No message"}`,
    detail: describeLocation(commit, now),
    isSentence: true,
    href: to.commit(sha, { repository }),
  };
}

const personItem = (to: OrganizationUrls, { name, email }: SearchResults["people"][number]): PaletteItem => ({
  key: `person ${email}`,
  label: name ?? email,
  detail: name === null ? undefined : email,
  href: to.person(email),
});

const projectItem = (to: OrganizationUrls, { slug, name }: SearchResults["projects"][number]): PaletteItem => ({
  key: `project ${slug}`,
  label: name,
  detail: name === slug ? undefined : slug,
  href: to.project(slug),
});

/** A page that can be opened by name. */
type Destination = { readonly label: string; readonly href: string; readonly keys?: string };

/** Which actions and pages the viewer may use. */
export type OfferedActions = {
  readonly projects: boolean;
  readonly members: boolean;
  /** The settings pages that the viewer may read. */
  readonly settings: readonly SettingsPage[];
};

/** Returns the pages and actions of an organization. */
export const destinations = (to: OrganizationUrls, offered: OfferedActions): Destination[] => [
  { label: "Go to Home", href: to.home, keys: "g h" },
  { label: "Go to Releases", href: to.releases(), keys: "g r" },
  { label: "Go to Board", href: to.board(), keys: "g b" },
  { label: "Go to Environments", href: to.environments, keys: "g e" },
  { label: "Go to Deploys", href: to.deploys(), keys: "g d" },
  { label: "Compare two releases…", href: to.compare(), keys: "g c" },
  { label: "Go to Search", href: to.search(), keys: "g f" },
  { label: "Go to Projects", href: to.projects(), keys: "g p" },
  { label: "Go to Contributors", href: to.people(), keys: "g u" },
  { label: "Go to Settings", href: to.settings(), keys: "g s" },
  { label: "New token…", href: to.settings("tokens") },
  ...(offered.projects ? [{ label: "New project…", href: to.settings("projects") }] : []),
  ...(offered.members ? [{ label: "Invite member…", href: to.settings("members") }] : []),
  { label: "Paste a stack trace…", href: to.stack },
  { label: "Your account", href: "/account" },
  ...offered.settings.map(({ name, segment }) => ({
    label: `Settings: ${name}`,
    href: segment === null ? to.settings() : to.settings(segment),
  })),
];

/** Returns the destinations in whose label each word of the text begins a word: "bo" finds the board. All of them without text. */
export function matchingDestinations(all: readonly Destination[], text: string): Destination[] {
  const starts = wordsOf(text);
  return all.filter(({ label }) => {
    const words = wordsOf(label);
    return starts.every((start) => words.some((word) => word.startsWith(start)));
  });
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
