import * as z from "zod";
import { dateTime } from "../fields/date-time.ts";
import { pageParams, queryText } from "./query.ts";

/**
 * Query of the audit log. `actor`: a label ("user:3", "token:12", "system") or the address of a member. `action`: "release.update",
 * or "release" for everything done to releases. `target`: exactly a version, slug or name. `from` counts, `to` does not.
 */
export const ListAuditInput = z.object({
  actor: queryText().optional(),
  action: queryText().optional(),
  target: queryText().optional(),
  from: dateTime().optional(),
  to: dateTime().optional(),
  ...pageParams,
});
export type ListAuditInput = z.output<typeof ListAuditInput>;
