import { changePassword } from "@landfall/core/passwords/change-password";
import { mutationOf, router } from "../trpc.ts";

/** The caller's own password. */
export const passwordRouter = router({ change: mutationOf(changePassword) });
