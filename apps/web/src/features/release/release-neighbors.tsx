"use client";

import { usePathname, useRouter, useSearchParams, useSelectedLayoutSegment } from "next/navigation";
import { useEffect } from "react";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { PageLink } from "#ui/links.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import classes from "./release-neighbors.module.css";

type ReleaseNeighborsProps = {
  readonly organization: string;
  readonly version: string;
  readonly previous: string | null;
  readonly next: string | null;
  /** The project they are of, by its slug. */
  readonly project: string;
  /** What the address named when this was made. */
  readonly named: string | null;
  readonly projects: readonly { readonly slug: string; readonly name: string }[];
};

/** The ways to the releases before and after this one in a project, on the same tab, and to what changed since the one before. */
export function ReleaseNeighbors({ organization, version, previous, next, project, named, projects }: ReleaseNeighborsProps) {
  const router = useRouter();
  const path = usePathname();
  const tab = useSelectedLayoutSegment() ?? undefined;
  const asked = useSearchParams().get("project");
  const to = organizationUrls(organization);
  const query = asked === null ? {} : { project };
  const hrefOf = (other: string) => to.release(other, tab, query);
  useShortcuts("Release", [
    { keys: "[", label: "Release before", run: () => previous !== null && router.push(hrefOf(previous)) },
    { keys: "]", label: "Release after", run: () => next !== null && router.push(hrefOf(next)) },
    {
      keys: "c",
      label: "Compare with the release before",
      run: () => previous !== null && router.push(to.compare({ base: previous, head: version })),
    },
  ]);
  // What stands above the tabs is kept from page to page, also where the address now names another project.
  const isOther = asked !== named;
  useEffect(() => {
    if (isOther) router.refresh();
  }, [isOther, router]);
  return (
    <nav aria-label="Releases before and after" className={classes["neighbours"]}>
      {previous === null ? (
        <span className="soft">First</span>
      ) : (
        <>
          <PageLink href={hrefOf(previous)} rel="prev" title={`${previous} ([)`}>
            <span className="unseen">Release before: </span>← <span className="cut">{previous}</span>
          </PageLink>
          <PageLink href={to.compare({ base: previous, head: version })} title={`What changed since ${previous} (c)`}>
            Compare<span className="unseen"> with {previous}</span>
          </PageLink>
        </>
      )}
      {next === null ? (
        <span className="soft">Newest</span>
      ) : (
        <PageLink href={hrefOf(next)} rel="next" title={`${next} (])`}>
          <span className="unseen">Release after: </span>
          <span className="cut">{next}</span> →
        </PageLink>
      )}
      {projects.length > 1 ? (
        <label>
          in{" "}
          <select
            aria-label="Project the releases before and after are of"
            value={isOther && projects.some(({ slug }) => slug === asked) ? (asked ?? project) : project}
            onChange={(event) => router.push(`${path}?${new URLSearchParams({ project: event.currentTarget.value }).toString()}`)}
          >
            {projects.map(({ slug }) => (
              <option key={slug}>{slug}</option>
            ))}
          </select>
        </label>
      ) : (
        <span className="soft">in {project}</span>
      )}
    </nav>
  );
}
