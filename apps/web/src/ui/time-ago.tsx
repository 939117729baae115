import { formatAgo, formatDuration, formatFor } from "./format.ts";

/** How a time relative to now is written: "3 h ago", "for 3 h", or "3 h", for chips in a row of a table that has no room for more. */
const RELATIVE_FORMATS = {
  ago: formatAgo,
  for: formatFor,
  chip: (at: Date, now: Date): string => formatDuration(Math.max(0, now.getTime() - at.getTime())),
} as const;

/** Returns the format with this name; "ago" for an unknown one. */
export const relativeFormat = (name: string | undefined): ((at: Date, now: Date) => string) =>
  name === "for" || name === "chip" ? RELATIVE_FORMATS[name] : RELATIVE_FORMATS.ago;

type TimeAgoProps = {
  /** An ISO 8601 instant. */
  readonly at: string;
  /** "ago" for something that happened, "for" for a state that lasts, "chip" in a chip. */
  readonly format?: keyof typeof RELATIVE_FORMATS;
};

/** How long ago something was, with the exact time as title. `LiveTimes` keeps it current. */
export function TimeAgo({ at, format = "ago" }: TimeAgoProps) {
  return (
    <time dateTime={at} data-relative={format} title={at} suppressHydrationWarning>
      {/* oxlint-disable-next-line react/purity -- rendered per request, then kept current by `LiveTimes` */}
      {RELATIVE_FORMATS[format](new Date(at), new Date())}
    </time>
  );
}
