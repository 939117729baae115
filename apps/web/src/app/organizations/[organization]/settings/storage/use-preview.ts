"use client";

import type { RetentionPreviewView } from "@landfall/schema/views/retention";
import { useEffect, useState } from "react";
import type { Outcome } from "../../../../../page-data/outcome.ts";
import { callAction } from "../../../../../ui/sending/answer-of.ts";
import { previewRule } from "./storage-actions.ts";

/** A rule as the fields of a form have it. */
export type RuleFields = { readonly keepLast: string; readonly keepDays: string; readonly environments: readonly string[] };

/** How long nothing is typed before it is looked what would go. */
const DEBOUNCE = 300;

/** What would go by a rule, looked up anew when it changes; null while it is not known. */
export function usePreview(
  organization: string,
  project: string,
  { keepLast, keepDays, environments }: RuleFields,
): Outcome<RetentionPreviewView> {
  const [found, setFound] = useState<{ readonly key: string; readonly preview: Outcome<RetentionPreviewView> } | null>(null);
  const key = JSON.stringify([organization, project, keepLast, keepDays, environments]);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(() => {
      void callAction(() => previewRule(formOfRule(key))).then((preview) => isOld || setFound({ key, preview }));
    }, DEBOUNCE);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [key]);
  return found?.key === key ? found.preview : null;
}

function formOfRule(key: string): FormData {
  const [organization, project, keepLast, keepDays, environments] = readKey(key);
  const form = new FormData();
  for (const [name, value] of Object.entries({ organization, project, keepLast, keepDays })) form.append(name, value);
  for (const name of environments) form.append("environments", name);
  return form;
}

/** The cast says what the key was made of. */
const readKey = (key: string) => JSON.parse(key) as [string, string, string, string, string[]];
