"use client";

import {
  IconActivity,
  IconBox,
  IconGitCompare,
  IconHome,
  IconLayoutBoard,
  IconRocket,
  IconSearch,
  IconSettings,
  IconUsers,
} from "@tabler/icons-react";
import { usePathname, useRouter } from "next/navigation";
import { organizationUrls } from "../addresses.ts";
import { useShortcuts } from "../keyboard/shortcuts.ts";
import { PageLink } from "../page-link.tsx";
import classes from "./side-nav.module.css";

/** The ways through an organization, with the keys that lead there. */
export function SideNav({ organization }: { readonly organization: string }) {
  const router = useRouter();
  const path = usePathname();
  const to = organizationUrls(organization);
  const ways = [
    { name: "Home", href: to.home, keys: "g h", icon: IconHome },
    { name: "Releases", href: to.releases(), keys: "g r", icon: IconRocket },
    { name: "Board", href: to.board(), keys: "g b", icon: IconLayoutBoard },
    { name: "Deploys", href: to.deploys(), keys: "g d", icon: IconActivity },
    { name: "Compare", href: to.compare(), keys: "g c", icon: IconGitCompare },
    { name: "Search", href: to.search(), keys: "g f", icon: IconSearch },
    { name: "Projects", href: to.projects(), keys: "g p", icon: IconBox },
    { name: "People", href: to.people(), keys: "g u", icon: IconUsers },
    { name: "Settings", href: to.settings(), keys: "g s", icon: IconSettings },
  ];
  useShortcuts(
    "Go to",
    ways.map(({ name, href, keys }) => ({ keys, label: name, run: () => router.push(href) })),
  );
  return (
    <nav aria-label="Organization" className={classes["nav"]}>
      <ul>
        {ways.map(({ name, href, keys, icon: Icon }) => (
          <li key={name}>
            <PageLink href={href} aria-current={isWithin(path, href, to.home) ? "page" : undefined} title={`${name} (${keys})`}>
              <Icon size={16} stroke={1.75} aria-hidden="true" />
              {name}
              <kbd aria-hidden="true">{keys}</kbd>
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Every page lies below home, which is current only by itself. */
const isWithin = (path: string, href: string, home: string): boolean =>
  href === home ? path === home : path === href || path.startsWith(`${href}/`);
