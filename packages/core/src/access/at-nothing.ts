import * as z from "zod";
import type { Locator } from "../operation.ts";

/** An operation about the caller or the server, not about one organization. */
export const atNothing: Locator<Record<never, never>, null> = { params: z.object({}), locate: () => Promise.resolve(null) };
