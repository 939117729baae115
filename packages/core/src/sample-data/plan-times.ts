import type { SeededRandom } from "./seeded-random.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** From when to when; the end is not in it. */
export type Span = { readonly start: Date; readonly end: Date };

/** So many different moments of a span in order, most of them in working hours, UTC. Throws for a span that has fewer seconds. */
export function planTimes(random: SeededRandom, count: number, span: Span): Date[] {
  const seconds = Math.floor((span.end.getTime() - span.start.getTime()) / 1000);
  if (count > seconds) throw new Error(`${seconds} seconds are too few for ${count} moments`);
  const chosen = new Set<number>();
  while (chosen.size < count) {
    const time = span.start.getTime() + random.whole(0, seconds - 1) * 1000;
    if (random.chance(likelihood(new Date(time)))) chosen.add(time);
  }
  return [...chosen].toSorted((one, other) => one - other).map((time) => new Date(time));
}

/** Somebody always works late, or on a Sunday. */
function likelihood(at: Date): number {
  const isWeekend = at.getUTCDay() % 6 === 0;
  const hour = at.getUTCHours();
  const isWork = hour >= 7 && hour < 18;
  return (isWeekend ? 0.08 : 1) * (isWork ? 1 : 0.07);
}

/** The time so many milliseconds after. */
export const after = (date: Date, milliseconds: number): Date => new Date(date.getTime() + milliseconds);
