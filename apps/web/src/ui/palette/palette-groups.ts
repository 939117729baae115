import type { ReleaseBriefView } from "@landfall/schema/views/brief";
import type { FoundChangesView } from "@landfall/schema/views/find";
import type { Addresses } from "../addresses.ts";
import { whereaboutsInWords } from "../find/whereabouts-in-words.ts";
import type { Destination } from "./pages-and-actions.ts";

/** What a search of the palette brought. */
export type Answers = {
  readonly at: Date;
  readonly changes: FoundChangesView;
  readonly releases: readonly ReleaseBriefView[];
  readonly people: readonly { readonly name: string | null; readonly email: string }[];
  readonly projects: readonly { readonly slug: string; readonly name: string }[];
};

/** One line to choose. */
export type Choice = {
  /** The same for the same thing whatever was typed. */
  readonly key: string;
  readonly label: string;
  readonly detail?: string;
  /** The detail is a sentence, which needs a line of its own. */
  readonly isTold?: boolean;
  readonly keys?: string;
  readonly href: string;
};

export type ChoiceGroup = {
  readonly name: string;
  readonly choices: readonly Choice[];
  /** The server's answer, which may be to what was typed before. */
  readonly isAnswered: boolean;
};

type Known = {
  readonly to: Addresses;
  readonly text: string;
  readonly destinations: readonly Destination[];
  readonly answers: Answers | null;
};

/** What there is to choose: pages named so first, since whoever types their names wants them; groups without anything are left out. */
export function paletteGroups({ to, text, destinations, answers }: Known): ChoiceGroup[] {
  const asked = text.trim();
  const pages = destinations.map(({ label, href, keys }) => ({ key: `page ${label}`, label, href, ...(keys ? { keys } : {}) }));
  const all = asked === "" ? [] : [{ key: "all", label: `See all results for “${asked}”`, href: to.search({ q: asked }) }];
  const groups: ChoiceGroup[] = [
    { name: "Pages and actions", choices: pages, isAnswered: false },
    ...(answers ? answeredGroups(to, answers) : []),
    { name: "Search", choices: all, isAnswered: false },
  ];
  return groups.filter(({ choices }) => choices.length > 0);
}

function answeredGroups(to: Addresses, { at, changes, releases, people, projects }: Answers): ChoiceGroup[] {
  // Those of exactly that version before those that only contain it, each once.
  const found = new Map([...changes.releases, ...releases].map((release) => [release.version, release]));
  return [
    { name: "Releases", choices: [...found.values()].map((release) => releaseChoice(to, release)), isAnswered: true },
    { name: "Commits", choices: changes.commits.map((commit) => commitChoice(to, commit, at)), isAnswered: true },
    { name: "People", choices: people.map((person) => personChoice(to, person)), isAnswered: true },
    { name: "Projects", choices: projects.map((project) => projectChoice(to, project)), isAnswered: true },
  ];
}

function releaseChoice(to: Addresses, { version, commitCount, deployCount }: ReleaseBriefView): Choice {
  const detail = `${count(commitCount, "commit")}, ${deployCount === 0 ? "not deployed" : count(deployCount, "deploy")}`;
  return { key: `release ${version}`, label: version, detail, href: to.release(version) };
}

function commitChoice(to: Addresses, commit: FoundChangesView["commits"][number], now: Date): Choice {
  const { sha, subject, repository } = commit;
  return {
    key: `commit ${repository} ${sha}`,
    label: `${sha.slice(0, 8)} ${subject || "No message"}`,
    detail: whereaboutsInWords(commit, now),
    isTold: true,
    href: to.commit(sha, { repository }),
  };
}

const personChoice = (to: Addresses, { name, email }: Answers["people"][number]): Choice => ({
  key: `person ${email}`,
  label: name ?? email,
  ...(name === null ? {} : { detail: email }),
  href: to.person(email),
});

const projectChoice = (to: Addresses, { slug, name }: Answers["projects"][number]): Choice => ({
  key: `project ${slug}`,
  label: name,
  ...(name === slug ? {} : { detail: slug }),
  href: to.project(slug),
});

const count = (number: number, what: string): string => `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
