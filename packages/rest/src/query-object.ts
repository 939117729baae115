import { collectFields } from "./form-object.ts";

/** Parameters that may be given several times; of any other the last one counts. */
const REPEATABLE = new Set(["project", "projectSlug", "environment"]);

/** A query string as the object an operation takes; `also` are parameters that may be given several times in this one. */
export const queryObject = (search: string, also: readonly string[] = []): Record<string, unknown> =>
  collectFields(search === "" ? [] : new URLSearchParams(search), (name) => REPEATABLE.has(name) || also.includes(name));
