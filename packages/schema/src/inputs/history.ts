import * as z from "zod";
import { pageParams } from "./query.ts";

/** Query of what happened to a release. */
export const ListActivityInput = z.object(pageParams);
