import type { ActivityView } from "@landfall/schema/organizations/audit";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import classes from "./activity.module.css";

/** Something that happened to a release: who, what, when, and the values before and after. */
export function ActivityItem({ activity, to }: { readonly activity: ActivityView; readonly to: OrganizationUrls }) {
  const { kind, date, actor, changes, deploy } = activity;
  const shown = changes.filter(({ field }) => field !== "isArchived");
  return (
    <li data-kind={kind}>
      <span className={classes["mark"]} aria-hidden="true" />
      <div>
        <p>
          {actor ? (
            <>
              <strong title={actor.email ?? undefined}>{actor.name}</strong> {describeAction(activity)}
            </>
          ) : (
            <strong>{describeWithoutActor(activity)}</strong>
          )}
          {deploy && (
            <>
              {" "}
              to <PageLink href={to.environment(deploy.environment)}>{deploy.environment}</PageLink>
              {deploy.name && (
                <>
                  {" "}
                  as <ExternalLink href={deploy.url}>{deploy.name}</ExternalLink>
                </>
              )}
            </>
          )}
        </p>
        {shown.length > 0 && (
          <ul>
            {shown.map(({ field, value, before }) => (
              <li key={field}>
                <span className="soft">{fieldLabel(field)}:</span>{" "}
                {before === undefined ? (
                  ""
                ) : (
                  <>
                    <del>{formatValue(before)}</del> →{" "}
                  </>
                )}
                <ins>{formatValue(value)}</ins>
              </li>
            ))}
          </ul>
        )}
      </div>
      <TimeAgo at={date} />
    </li>
  );
}

const KIND_LABELS: Record<ActivityView["kind"], string> = {
  created: "created the release",
  linked: "added projects to it",
  changed: "changed it",
  finalized: "finalized it",
  archived: "archived it",
  restored: "opened it again",
  notes: "saved its notes",
  deployed: "deployed it",
  other: "did something with it",
};

const ACTION_LABELS: Readonly<Record<string, string>> = {
  "release.set_commits": "set its commits",
  "release.set_refs": "set its commits by their heads",
  "release.clear_commits": "took its commits away",
};

/** What was done, after whoever did it. Of an action of a newer version its name is told. */
export function describeAction({ kind, action }: Pick<ActivityView, "kind" | "action">): string {
  if (kind !== "other" || action === null) return KIND_LABELS[kind];
  return ACTION_LABELS[action] ?? `did "${action}" with it`;
}

/** What was done, where nobody is known to have done it. */
export function describeWithoutActor(activity: Pick<ActivityView, "kind" | "action">): string {
  if (activity.kind === "deployed") return "Deployed";
  return activity.kind === "finalized" ? "Finalized" : `Somebody ${describeAction(activity)}`;
}

const FIELD_LABELS: Readonly<Record<string, string>> = { ref: "Ref", url: "Page", dateReleased: "Released", owner: "Owner" };

/** What a field is called on pages. */
export const fieldLabel = (field: string): string => FIELD_LABELS[field] ?? field;

/** A value as it was recorded: moments to the second, in UTC. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "string") return ISO_DATE_TIME.test(value) ? `${value.slice(0, 10)} ${value.slice(11, 19)} UTC` : value;
  return JSON.stringify(value);
}

const ISO_DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
