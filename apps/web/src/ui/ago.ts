const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago something was, in as few letters as a dense line has room for: "now", "5 min", "3 h", "12 d", "8 mo", "2 y". */
export function formatAgo(at: Date, now: Date): string {
  const passed = now.getTime() - at.getTime();
  if (passed < 0) return passed > -MINUTE ? "now" : `in ${formatDuration(-passed)}`;
  return passed < MINUTE ? "now" : formatDuration(passed);
}

/** A length of time in its largest whole unit: "45 s", "12 min", "3 h", "5 d". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / 1000)} s`;
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < 2 * DAY) return `${Math.floor(milliseconds / HOUR)} h`;
  const days = Math.floor(milliseconds / DAY);
  if (days < 60) return `${days} d`;
  return days < 730 ? `${Math.floor(days / 30.44)} mo` : `${Math.floor(days / 365.25)} y`;
}
