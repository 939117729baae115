import { instantAgo } from "./instant-ago.ts";
import { type Instant, isStorableInstant, parseInstant } from "./parse-instant.ts";
import type { Comparison, DateBound } from "./release-query.ts";
import { QueryError } from "./search-error.ts";
import type { QueryFilter } from "./search-filter.ts";

const agePattern = /^([+-])(\d+[smhdw])$/;

type Range = { from: DateBound | null; to: DateBound | null };

/** `-7d` is "at most seven days old" and `+7d` "at least"; both count the moment itself. */
const ageRange = (text: string, now: Date): Range | null => {
  const match = agePattern.exec(text);
  const at = match === null ? null : instantAgo(match[2] ?? "", now);
  if (match === null || at === null) return null;
  const bound = { at, inclusive: true };
  return match[1] === "-" ? { from: bound, to: null } : { from: null, to: bound };
};

/** A bare day is its 24 hours; a date with a time is that millisecond. */
const equalRange = ({ at, isDay }: Instant): Range => {
  const from = { at, inclusive: true };
  if (!isDay) return { from, to: from };
  const nextDay = new Date(at.getTime() + 86_400_000);
  return { from, to: isStorableInstant(nextDay) ? { at: nextDay, inclusive: false } : null };
};

const dateRange = (text: string, operator: Comparison): Range | null => {
  const instant = parseInstant(text);
  if (instant === null) return null;
  if (operator === "=") return equalRange(instant);
  const bound = { at: instant.at, inclusive: operator === ">=" || operator === "<=" };
  return operator.startsWith(">") ? { from: bound, to: null } : { from: null, to: bound };
};

/**
 * `release.created:` — an ISO 8601 date with an operator, a date alone (that day or that moment), or an age: `-7d` for releases of the
 * last seven days, `+7d` for older ones; units s, m, h, d, w (contract 15.3). Compared with dateCreated.
 */
export const createdFilter: QueryFilter = {
  takesOperator: true,
  term: ({ negated, operator, value }, now) => {
    const text = value.form === "list" ? `[${value.values.join(",")}]` : value.text;
    const range = dateRange(text, operator) ?? (operator === "=" ? ageRange(text, now) : null);
    if (range === null) {
      throw new QueryError(
        `Invalid date after 'release.created:': '${text}'. Use an ISO 8601 date such as >2024-01-31 or >=2024-01-31T08:00Z, or an age such as -7d or +7d.`,
      );
    }
    return { kind: "created", negated, ...range };
  },
};
