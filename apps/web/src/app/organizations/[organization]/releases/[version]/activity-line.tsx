import type { ActivityView } from "@landfall/schema/views/history";
import type { OrganizationUrls } from "../../../../../ui/addresses.ts";
import { ExternalLink } from "../../../../../ui/outside-link.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { describeAction, fieldLabel, describeWithoutActor, formatValue } from "./activity-words.ts";
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
