import { listAudit } from "@landfall/core/audit/list-audit";
import { queryOf, router } from "../trpc.ts";

/** What was changed, by whom. */
export const auditRouter = router({ list: queryOf(listAudit) });
