import { formatAgo } from "./format.ts";

type TimeAgoProps = {
  /** An instant as views tell it. */
  readonly at: string;
};

/** How long ago something was; the exact time is its title. `LiveTimes` keeps it true. */
export function TimeAgo({ at }: TimeAgoProps) {
  return (
    <time dateTime={at} data-ago="" title={at} suppressHydrationWarning>
      {/* oxlint-disable-next-line react/purity -- made for one request, and kept true by `LiveTimes` from then on */}
      {formatAgo(new Date(at), new Date())}
    </time>
  );
}
