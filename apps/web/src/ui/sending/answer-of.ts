import type { Outcome } from "../../page-data/act.ts";
import { whyUnanswered } from "./why-unanswered.ts";

/** What a server action answers. Where no answer comes, a refusal that says so: the page and what was typed on it stay. */
export async function answerOf<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    return { kind: "refused", code: "unavailable", message: whyUnanswered(error), fields: {} };
  }
}
