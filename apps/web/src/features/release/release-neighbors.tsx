"use client";

import { NativeSelect } from "@mantine/core";
import { ReleaseName } from "#ui/release-name.tsx";
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
  /** Slug of the project whose releases these are. */
  readonly project: string;
  /** The `project` parameter of the URL when the server rendered this. */
  readonly projectParam: string | null;
  readonly projects: readonly { readonly slug: string; readonly name: string }[];
};

/** Links to the previous and next release in a project, on the same tab, and to a comparison with the previous one. */
export function ReleaseNeighbors({ organization, version, previous, next, project, projectParam, projects }: ReleaseNeighborsProps) {
  const router = useRouter();
  const path = usePathname();
  const tab = useSelectedLayoutSegment() ?? undefined;
  const currentParam = useSearchParams().get("project");
  const to = organizationUrls(organization);
  const query = currentParam === null ? {} : { project };
  const hrefOf = (other: string) => to.release(other, tab, query);
  useShortcuts("Release", [
    { keys: "[", label: "Previous release", run: () => previous !== null && router.push(hrefOf(previous)) },
    { keys: "]", label: "Next release", run: () => next !== null && router.push(hrefOf(next)) },
    {
      keys: "c",
      label: "Compare with the previous release",
      run: () => previous !== null && router.push(to.compare({ base: previous, head: version })),
    },
  ]);
  // The layout is kept across navigation, even when the URL now names another project.
  const isOther = currentParam !== projectParam;
  useEffect(() => {
    if (isOther) router.refresh();
  }, [isOther, router]);
  return (
    <nav aria-label="Previous and next release" className={classes["neighbors"]}>
      {previous === null ? (
        <span className="soft">First</span>
      ) : (
        <>
          <PageLink href={hrefOf(previous)} rel="prev" title={`${previous} ([)`}>
            <span className="unseen">Previous release: </span>←{" "}
            <span className="cut">
              <ReleaseName version={previous} />
            </span>
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
          <span className="unseen">Next release: </span>
          <span className="cut">
            <ReleaseName version={next} />
          </span>{" "}
          →
        </PageLink>
      )}
      {projects.length > 1 ? (
        <label>
          in{" "}
          <NativeSelect
            size="xs"
            aria-label="Project of the previous and next release"
            value={isOther && projects.some(({ slug }) => slug === currentParam) ? (currentParam ?? project) : project}
            onChange={(event) => router.push(`${path}?${new URLSearchParams({ project: event.currentTarget.value }).toString()}`)}
            data={projects.map(({ slug }) => slug)}
          />
        </label>
      ) : (
        <span className="soft">in {project}</span>
      )}
    </nav>
  );
}
