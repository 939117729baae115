"use server";

import { ATTENTION_KINDS } from "@landfall/schema/releases/overview";
import { formText, formTexts, runChange } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Dismisses an item of Home for the viewer, with the ids that were shown. */
export const dismissAttention = async (form: FormData): Promise<Exclude<Outcome, null>> =>
  runChange(({ call }) => call.overview.dismiss({ ...itemOf(form), ids: formTexts(form, "id") }));

/** Shows a dismissed item of Home again. */
export const restoreAttention = async (form: FormData): Promise<Exclude<Outcome, null>> =>
  runChange(({ call }) => call.overview.restore(itemOf(form)));

function itemOf(form: FormData) {
  const kind = ATTENTION_KINDS.find((one) => one === formText(form, "kind")) ?? "tokens";
  return { organization: formText(form, "organization"), kind, project: formText(form, "project") || null };
}
