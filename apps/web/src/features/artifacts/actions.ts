"use server";

import type { BundleDeletionPreviewView, CheckedMapView } from "@landfall/schema/artifacts/artifact-bundles";
import { refresh } from "next/cache";
import { formText, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

type Bundle = { readonly organization: string; readonly project: string; readonly bundle: string };

/** What deleting a bundle would take, as it is now. */
export async function previewDeletion(named: Bundle): Promise<Outcome<BundleDeletionPreviewView>> {
  return runAction(({ call }) => call.artifacts.previewDeletion(named));
}

/** Whether a source map has the text of its sources. */
export async function checkMap(named: Bundle & { readonly file: string }): Promise<Outcome<CheckedMapView>> {
  return runAction(({ call }) => call.artifacts.checkMap(named));
}

/** Takes a bundle from a project. */
export async function deleteBundle(form: FormData): Promise<Outcome> {
  const [organization, project, bundleId] = [formText(form, "organization"), formText(form, "project"), formText(form, "bundle")];
  return runAction(async ({ call }) => {
    await call.artifacts.deleteBundle({ organization, project, bundleId });
    refresh();
    return null;
  });
}

/** Gives a file of a release another name. */
export async function renameFile(form: FormData): Promise<Outcome> {
  const [organization, version, file] = [formText(form, "organization"), formText(form, "version"), formText(form, "file")];
  return runAction(async ({ call }) => {
    await call.files.rename({ organization, version, file, name: formText(form, "name") });
    refresh();
    return null;
  });
}

/** Deletes a file of a release. */
export async function deleteFile(form: FormData): Promise<Outcome> {
  const [organization, version, file] = [formText(form, "organization"), formText(form, "version"), formText(form, "file")];
  return runAction(async ({ call }) => {
    await call.files.delete({ organization, version, file });
    refresh();
    return null;
  });
}
