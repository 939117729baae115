import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { EmptyState } from "../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";

type NoProjectsProps = { readonly to: OrganizationUrls; readonly text: string; readonly mayCreate: boolean };

/** Why no project is listed. */
export function NoProjects({ to, text, mayCreate }: NoProjectsProps) {
  if (text !== "") {
    return (
      <EmptyState title={`No project has “${text}” in its name`}>
        <p>
          <PageLink href={to.projects()}>Show all projects</PageLink>
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="You have no projects here">
      {mayCreate ? (
        <p>
          <PageLink href={to.settings("projects")}>Make the first one</PageLink>: releases are reported to projects.
        </p>
      ) : (
        <p>Ask an admin of the organization to add you to a team that has some.</p>
      )}
    </EmptyState>
  );
}
