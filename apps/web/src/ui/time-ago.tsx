import { formatAgo } from "./format.ts";

type TimeAgoProps = {
  /** An ISO 8601 instant. */
  readonly at: string;
};

/** How long ago something was, with the exact time as title. `LiveTimes` keeps it current. */
export function TimeAgo({ at }: TimeAgoProps) {
  return (
    <time dateTime={at} data-ago="" title={at} suppressHydrationWarning>
      {/* oxlint-disable-next-line react/purity -- rendered per request, then kept current by `LiveTimes` */}
      {formatAgo(new Date(at), new Date())}
    </time>
  );
}
