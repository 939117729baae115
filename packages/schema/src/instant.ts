/**
 * A date and time on the wire: ISO 8601 in UTC with three fractional digits, none when they are zero
 * (`2018-12-19T19:25:49.971Z`, `2018-09-20T08:50:22Z`). Contract 1.11, design 9.
 */
export function instant(date: Date): string {
  const time = date.getTime();
  // Times of one list are mostly of the same days, and `toISOString` takes four times as long as the rest of a known day.
  if (!(time >= day.start && time < day.start + DAY)) day = { start: Math.floor(time / DAY) * DAY, text: date.toISOString().slice(0, -13) };
  const milliseconds = (time - day.start) % 1000;
  const seconds = (time - day.start - milliseconds) / 1000;
  const minutes = Math.floor(seconds / 60);
  const whole = `${day.text}${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`;
  return milliseconds === 0 ? `${whole}Z` : `${whole}.${String(milliseconds).padStart(3, "0")}Z`;
}

const DAY = 86_400_000;

/** The day of the last result, up to its "T". */
let day = { start: Number.NaN, text: "" };

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));

/** As `instant`, keeping null. */
export const instantOrNull = (date: Date | null): string | null => (date === null ? null : instant(date));
