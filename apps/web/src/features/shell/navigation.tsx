"use client";

import {
  IconActivity,
  IconBox,
  IconGitCompare,
  IconHome,
  IconLayoutBoard,
  IconRocket,
  IconSearch,
  IconServer,
  IconSettings,
  IconUsers,
} from "@tabler/icons-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Suspense, useEffect, useState } from "react";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { PageLink } from "#ui/links.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import { useCurrentInView } from "#ui/use-current-in-view.ts";
import classes from "./navigation.module.css";

/** The main navigation of an organization, with its keyboard shortcuts. */
export function SideNav({ organization }: { readonly organization: string }) {
  const router = useRouter();
  const path = usePathname();
  const to = organizationUrls(organization);
  const links = [
    { name: "Home", href: to.home, keys: "g h", icon: IconHome },
    { name: "Releases", href: to.releases(), keys: "g r", icon: IconRocket },
    { name: "Board", href: to.board(), keys: "g b", icon: IconLayoutBoard },
    { name: "Environments", href: to.environments, keys: "g e", icon: IconServer },
    { name: "Deploys", href: to.deploys(), keys: "g d", icon: IconActivity },
    { name: "Compare", href: to.compare(), keys: "g c", icon: IconGitCompare },
    { name: "Search", href: to.search(), keys: "g f", icon: IconSearch },
    { name: "Projects", href: to.projects(), keys: "g p", icon: IconBox },
    { name: "Contributors", href: to.people(), keys: "g u", icon: IconUsers },
    { name: "Settings", href: to.settings(), keys: "g s", icon: IconSettings },
  ];
  const list = useCurrentInView(links.findIndex(({ href }) => isWithin(path, href, to.home)));
  useShortcuts(
    "Go to",
    links.map(({ name, href, keys }) => ({ keys, label: name, run: () => router.push(href) })),
  );
  return (
    <nav aria-label="Organization" className={classes["nav"]}>
      <ul ref={list}>
        {links.map(({ name, href, keys, icon: Icon }) => (
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

/** The path of every page begins with that of home, so home is current only if the paths are equal. */
const isWithin = (path: string, href: string, home: string): boolean =>
  href === home ? path === home : path === href || path.startsWith(`${href}/`);

/** A line at the top of the page while the next page is loading. */
export function LoadingBar() {
  return (
    <Suspense>
      <LoadingLine />
    </Suspense>
  );
}

function LoadingLine() {
  const here = `${usePathname()}?${useSearchParams().toString()}`;
  const [leaving, setLeaving] = useState<string | null>(null);
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (
        !link ||
        link.ariaHasPopup === "dialog" ||
        link.target === "_blank" ||
        event.ctrlKey ||
        event.metaKey ||
        event.shiftKey ||
        event.button !== 0
      )
        return;
      const url = new URL(link.href);
      if (url.origin === location.origin && url.pathname + url.search !== location.pathname + location.search) setLeaving(here);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [here]);
  if (leaving !== here) return null;
  return <output className={classes["line"]} aria-label="Loading the page" />;
}
