import type { ActivityView } from "@landfall/schema/organizations/audit";
import { recordedText } from "#features/audit-log/format.ts";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { RELEASE_TEXT_LABELS } from "./release-texts.ts";
import classes from "./activity.module.css";

/** One activity of a release: who, what, when, and the values before and after. */
export function ActivityItem({ activity, to }: { readonly activity: ActivityView; readonly to: OrganizationUrls }) {
  const { kind, date, actor, changes, deploy } = activity;
  const shown = changes.filter(({ field }) => field !== "isArchived");
  return (
    <li data-kind={kind}>
      <span className={classes["dot"]} aria-hidden="true" />
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
                    <del>{recordedText(before)}</del> →{" "}
                  </>
                )}
                <ins>{recordedText(value)}</ins>
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
  linked: "added projects",
  changed: "edited the release",
  finalized: "finalized the release",
  archived: "archived the release",
  restored: "restored the release",
  notes: "saved the notes",
  deployed: "deployed the release",
  other: "changed the release",
};

const ACTION_LABELS: Readonly<Record<string, string>> = {
  "release.set_commits": "set its commits",
  "release.set_refs": "set its head commits",
  "release.clear_commits": "removed its commits",
};

/** What was done, to follow the name of the actor. An unknown action (of a newer server version) keeps its name. */
export function describeAction({ kind, action }: Pick<ActivityView, "kind" | "action">): string {
  if (kind !== "other" || action === null) return KIND_LABELS[kind];
  return ACTION_LABELS[action] ?? `performed "${action}"`;
}

/** What was done, for an activity without an actor. */
export function describeWithoutActor(activity: Pick<ActivityView, "kind" | "action">): string {
  const text = describeAction(activity);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const FIELD_LABELS: Readonly<Record<string, string>> = { ...RELEASE_TEXT_LABELS, dateReleased: "Released", owner: "Owner" };

/** The label of a field on pages. */
export const fieldLabel = (field: string): string => FIELD_LABELS[field] ?? field;
