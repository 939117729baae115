import type { Outcome } from "../../page-data/outcome.ts";
import { noResponseMessage } from "./why-unanswered.ts";

/** What a server action answers. Where no answer comes, a refusal that says so: the page and what was typed on it stay. */
export async function callAction<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    return { kind: "refused", code: "unavailable", message: noResponseMessage(error), fields: {} };
  }
}
