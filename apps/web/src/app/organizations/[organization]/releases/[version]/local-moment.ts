/** A moment as a field for dates holds it: the time in this computer's zone, to the second. */
export function toLocalInput(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/** The moment that a field for dates holds, in UTC; "" for none. */
export function fromLocalInput(typed: string): string {
  const moment = new Date(typed);
  return Number.isNaN(moment.getTime()) ? "" : moment.toISOString();
}
