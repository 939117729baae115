import type { RegionsView } from "@landfall/schema/views/token";
import * as z from "zod";
import { unauthenticated } from "../app-error.ts";
import { openQuery } from "../open-query.ts";

/** The regions of the caller's account: none, so that older clients list the organizations of this server (clients 3.2). */
export const listRegions = openQuery({
  input: z.object({}),
  run: ({ actor }): Promise<RegionsView> => (actor === null ? Promise.reject(unauthenticated()) : Promise.resolve({ regions: [] })),
});
