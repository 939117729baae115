"use server";

import type { RetentionPreviewView, RetentionRunView } from "@landfall/schema/views/retention";
import { refresh } from "next/cache";
import { act, type Outcome, textOf, textsOf } from "../../../../../page-data/act.ts";

/** Gives a project another rule for how long it keeps artifacts. */
export async function setRule(form: FormData): Promise<Outcome> {
  return act(async ({ call }) => {
    await call.retention.set({ ...projectOf(form), ...ruleOf(form) });
    refresh();
    return null;
  });
}

/** What would go by the rule of a form. */
export async function previewRule(form: FormData): Promise<Outcome<RetentionPreviewView>> {
  return act(({ call }) => call.retention.preview({ ...projectOf(form), ...ruleOf(form), per_page: SHOWN }));
}

/** Removes what a project does not keep by its rule. */
export async function runRule(form: FormData): Promise<Outcome<RetentionRunView>> {
  return act(async ({ call }) => {
    const run = await call.retention.run(projectOf(form));
    refresh();
    return run;
  });
}

/** So much of what would go is listed. */
const SHOWN = 20;

const projectOf = (form: FormData) => ({ organization: textOf(form, "organization"), project: textOf(form, "project") });

/** The parts of a rule; an empty field is none. */
function ruleOf(form: FormData) {
  const partOf = (name: string) => (textOf(form, name) === "" ? null : Number(textOf(form, name)));
  return { keepLast: partOf("keepLast"), keepDays: partOf("keepDays"), environments: textsOf(form, "environments") };
}
