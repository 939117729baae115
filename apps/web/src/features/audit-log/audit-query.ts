import { type SearchParams, textParam } from "#server/pages/search-params.ts";

/** What part of the audit log an address asks for. `from` and `to` are days as 2026-01-31, both included. */
export type AuditQuery = {
  readonly actor: string | null;
  readonly action: string | null;
  readonly target: string | null;
  readonly from: string | null;
  readonly to: string | null;
};

/** What the query of an address asks for; days that are none are left out. */
export const readAuditQuery = (params: SearchParams): AuditQuery => ({
  actor: textParam(params, "actor"),
  action: textParam(params, "action"),
  target: textParam(params, "target"),
  from: dayOf(textParam(params, "from")),
  to: dayOf(textParam(params, "to")),
});

/** The same, as `audit.list` takes it. Days are those of UTC, as dates are shown. */
export function auditFilter({ actor, action, target, from, to }: AuditQuery) {
  return {
    ...(actor === null ? {} : { actor }),
    ...(action === null ? {} : { action }),
    ...(target === null ? {} : { target }),
    ...(from === null ? {} : { from: `${from}T00:00:00Z` }),
    ...(to === null ? {} : { to: `${dayAfter(to)}T00:00:00Z` }),
  };
}

const DAY = 24 * 60 * 60 * 1000;

function dayOf(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9000 || !date.toISOString().startsWith(text) ? null : text;
}

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
