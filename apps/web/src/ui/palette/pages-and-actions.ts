import type { OrganizationUrls } from "../addresses.ts";

/** Somewhere to go by name. */
export type Destination = { readonly label: string; readonly href: string; readonly keys?: string };

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
