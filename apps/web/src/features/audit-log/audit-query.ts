import { DAY } from "@landfall/domain/durations";
import { dayParam, type SearchParams, textParam } from "#server/pages/search-params.ts";

/** The filters of the audit log. `from` and `to` are days such as 2026-01-31, inclusive. */
export type AuditQuery = {
  readonly actor: string | null;
  readonly action: string | null;
  readonly target: string | null;
  readonly from: string | null;
  readonly to: string | null;
};

/** Reads the filters from query parameters; invalid days become null. */
export const readAuditQuery = (params: SearchParams): AuditQuery => ({
  actor: textParam(params, "actor"),
  action: textParam(params, "action"),
  target: textParam(params, "target"),
  from: dayParam(params, "from")?.text ?? null,
  to: dayParam(params, "to")?.text ?? null,
});

/** Returns the filters as input of `audit.list`. Days are in UTC, as dates are shown. */
export function auditFilter({ actor, action, target, from, to }: AuditQuery) {
  return {
    actor: actor ?? undefined,
    action: action ?? undefined,
    target: target ?? undefined,
    from: from === null ? undefined : `${from}T00:00:00Z`,
    to: to === null ? undefined : `${dayAfter(to)}T00:00:00Z`,
  };
}

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
