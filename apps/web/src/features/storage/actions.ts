"use server";

import type { RetentionPreviewView, RetentionRunView } from "@landfall/schema/artifacts/retention";
import { refresh } from "next/cache";
import { formText, formTexts, runAction, runChange } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Changes the retention rule of a project. */
export async function setRule(form: FormData): Promise<Outcome> {
  return runChange(({ call }) => call.retention.set({ ...projectOf(form), ...ruleOf(form) }));
}

/** Returns what the rule of a form would delete. */
export async function previewRule(form: FormData): Promise<Outcome<RetentionPreviewView>> {
  return runAction(({ call }) => call.retention.preview({ ...projectOf(form), ...ruleOf(form), per_page: PREVIEW_ITEMS }));
}

/** Deletes the artifacts that a project's rule does not keep. */
export async function runRule(form: FormData): Promise<Outcome<RetentionRunView>> {
  return runAction(async ({ call }) => {
    const run = await call.retention.run(projectOf(form));
    refresh();
    return run;
  });
}

/** How many artifacts a preview lists. */
const PREVIEW_ITEMS = 20;

const projectOf = (form: FormData) => ({ organization: formText(form, "organization"), project: formText(form, "project") });

/** Reads a rule from a form; empty fields become null. */
function ruleOf(form: FormData) {
  const partOf = (name: string) => (formText(form, name) === "" ? null : Number(formText(form, name)));
  return { keepLast: partOf("keepLast"), keepDays: partOf("keepDays"), environments: formTexts(form, "environments") };
}
