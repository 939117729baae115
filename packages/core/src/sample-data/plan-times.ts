import type { SeededRandom } from "./seeded-random.ts";

/** A period of time. `end` is exclusive. */
export type Span = { readonly start: Date; readonly end: Date };

/** Returns `count` different dates of a span, sorted, most of them in working hours (UTC). Throws for a span with fewer seconds. */
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

/** The relative likelihood of an activity at a date. */
function likelihood(at: Date): number {
  const isWeekend = at.getUTCDay() % 6 === 0;
  const hour = at.getUTCHours();
  const isWork = hour >= 7 && hour < 18;
  return (isWeekend ? 0.08 : 1) * (isWork ? 1 : 0.07);
}

/** Returns the date some milliseconds later. */
export const after = (date: Date, milliseconds: number): Date => new Date(date.getTime() + milliseconds);
