import * as z from "zod";
import { ActorView } from "./audit.ts";
import { DeployBriefView } from "./brief.ts";

/** Something that happened to a release. */
export const ActivityView = z.object({
  id: z.string(),
  kind: z.enum(["created", "linked", "changed", "finalized", "archived", "restored", "notes", "deployed", "other"]),
  date: z.iso.datetime(),
  /** Null where it was not recorded. */
  actor: ActorView.nullable(),
  /** The recorded action, as "release.update"; null for what is told by the release or a deploy itself. */
  action: z.string().nullable(),
  /** The fields that were given new values; `before` only where it was recorded. */
  changes: z.array(z.object({ field: z.string(), value: z.unknown(), before: z.unknown().optional() })),
  deploy: DeployBriefView.nullable(),
});
export type ActivityView = z.infer<typeof ActivityView>;
