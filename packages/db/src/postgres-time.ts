const plainYear = /^\d{4}-/;

/** A `Date` as PostgreSQL reads it, in UTC. Years outside 1–9999 are written its way ("10000-…", "0044-… BC"). */
export function toTimestamp(date: Date): string {
  const iso = date.toISOString();
  if (plainYear.test(iso) && !iso.startsWith("0000")) return iso;
  const year = date.getUTCFullYear();
  const rest = iso.slice(iso.indexOf("-", 1));
  return year > 0 ? `${year}${rest}` : `${String(1 - year).padStart(4, "0")}${rest} BC`;
}

/** What PostgreSQL answers for a timestamp in a session whose time zone is UTC ("2026-11-23 22:39:00.5+00"), as a `Date`. */
export function fromTimestamp(text: string): Date {
  const [clock = "", era] = text.replace("+00", "Z").replace(" ", "T").split(" ");
  if (era === undefined && plainYear.test(clock)) return new Date(clock);
  const cut = clock.indexOf("-");
  const year = Number(clock.slice(0, cut));
  const isoYear = era === "BC" ? 1 - year : year;
  return new Date(`${isoYear < 0 ? "-" : "+"}${String(Math.abs(isoYear)).padStart(6, "0")}${clock.slice(cut)}`);
}
