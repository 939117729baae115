"use server";

import type { RetentionPreviewView, RetentionRunView } from "@landfall/schema/artifacts/retention";
import { refresh } from "next/cache";
import { formText, formTexts, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Gives a project another rule for how long it keeps artifacts. */
export async function setRule(form: FormData): Promise<Outcome> {
  return runAction(async ({ call }) => {
    await call.retention.set({ ...projectOf(form), ...ruleOf(form) });
    refresh();
    return null;
  });
}

/** What would go by the rule of a form. */
export async function previewRule(form: FormData): Promise<Outcome<RetentionPreviewView>> {
  return runAction(({ call }) => call.retention.preview({ ...projectOf(form), ...ruleOf(form), per_page: PREVIEW_ITEMS }));
}

/** Removes what a project does not keep by its rule. */
export async function runRule(form: FormData): Promise<Outcome<RetentionRunView>> {
  return runAction(async ({ call }) => {
    const run = await call.retention.run(projectOf(form));
    refresh();
    return run;
  });
}

/** So much of what would go is listed. */
const PREVIEW_ITEMS = 20;

const projectOf = (form: FormData) => ({ organization: formText(form, "organization"), project: formText(form, "project") });

/** The parts of a rule; an empty field is none. */
function ruleOf(form: FormData) {
  const partOf = (name: string) => (formText(form, name) === "" ? null : Number(formText(form, name)));
  return { keepLast: partOf("keepLast"), keepDays: partOf("keepDays"), environments: formTexts(form, "environments") };
}
