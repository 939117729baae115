/** A day ("2026-01-31") in words. */
export function Day({ day }: { readonly day: string }) {
  return <time dateTime={day}>{DAY_FORMAT.format(new Date(`${day}T00:00:00Z`))}</time>;
}

const DAY_FORMAT = new Intl.DateTimeFormat("en", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
