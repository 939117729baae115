"use server";

import type { BundleDeletionPreviewView, CheckedMapView } from "@landfall/schema/artifacts/artifact-bundles";
import { formText, runAction, runChange } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

type BundleLocator = { readonly organization: string; readonly project: string; readonly bundle: string };

/** Returns what deleting a bundle would delete. */
export async function previewDeletion(bundle: BundleLocator): Promise<Outcome<BundleDeletionPreviewView>> {
  return runAction(({ call }) => call.artifacts.previewDeletion(bundle));
}

/** Checks whether a source map contains the text of its sources. */
export async function checkMap(map: BundleLocator & { readonly file: string }): Promise<Outcome<CheckedMapView>> {
  return runAction(({ call }) => call.artifacts.checkMap(map));
}

/** Deletes a bundle of a project. */
export async function deleteBundle(form: FormData): Promise<Outcome> {
  const [organization, project, bundleId] = [formText(form, "organization"), formText(form, "project"), formText(form, "bundle")];
  return runChange(({ call }) => call.artifacts.deleteBundle({ organization, project, bundleId }));
}

/** Renames a file of a release. */
export async function renameFile(form: FormData): Promise<Outcome> {
  const [organization, version, file] = [formText(form, "organization"), formText(form, "version"), formText(form, "file")];
  return runChange(({ call }) => call.files.rename({ organization, version, file, name: formText(form, "name") }));
}

/** Deletes a file of a release. */
export async function deleteFile(form: FormData): Promise<Outcome> {
  const [organization, version, file] = [formText(form, "organization"), formText(form, "version"), formText(form, "file")];
  return runChange(({ call }) => call.files.delete({ organization, version, file }));
}
