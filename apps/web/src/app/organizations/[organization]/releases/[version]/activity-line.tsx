import type { ActivityView } from "@landfall/schema/views/history";
import type { Addresses } from "../../../../../ui/addresses.ts";
import { OutsideLink } from "../../../../../ui/outside-link.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { actionWords, fieldWords, impersonalWords, valueWords } from "./activity-words.ts";
import classes from "./activity.module.css";

/** Something that happened to a release: who, what, when, and the values before and after. */
export function ActivityLine({ activity, to }: { readonly activity: ActivityView; readonly to: Addresses }) {
  const { kind, date, actor, changes, deploy } = activity;
  const shown = changes.filter(({ field }) => field !== "isArchived");
  return (
    <li data-kind={kind}>
      <span className={classes["mark"]} aria-hidden="true" />
      <div>
        <p>
          {actor ? (
            <>
              <strong title={actor.email ?? undefined}>{actor.name}</strong> {actionWords(activity)}
            </>
          ) : (
            <strong>{impersonalWords(activity)}</strong>
          )}
          {deploy && (
            <>
              {" "}
              to <PageLink href={to.environment(deploy.environment)}>{deploy.environment}</PageLink>
              {deploy.name && (
                <>
                  {" "}
                  as <OutsideLink href={deploy.url}>{deploy.name}</OutsideLink>
                </>
              )}
            </>
          )}
        </p>
        {shown.length > 0 && (
          <ul>
            {shown.map(({ field, value, before }) => (
              <li key={field}>
                <span className="soft">{fieldWords(field)}:</span>{" "}
                {before === undefined ? (
                  ""
                ) : (
                  <>
                    <del>{valueWords(before)}</del> →{" "}
                  </>
                )}
                <ins>{valueWords(value)}</ins>
              </li>
            ))}
          </ul>
        )}
      </div>
      <TimeAgo at={date} />
    </li>
  );
}
