"use server";

import type { BundleDeletionPreviewView, CheckedMapView } from "@landfall/schema/views/bundle-line";
import { refresh } from "next/cache";
import { act, type Outcome, textOf } from "../../page-data/act.ts";

type Bundle = { readonly organization: string; readonly project: string; readonly bundle: string };

/** What deleting a bundle would take, as it is now. */
export async function previewDeletion(named: Bundle): Promise<Outcome<BundleDeletionPreviewView>> {
  return act(({ call }) => call.artifacts.previewDeletion(named));
}

/** Whether a source map has the text of its sources. */
export async function checkMap(named: Bundle & { readonly file: string }): Promise<Outcome<CheckedMapView>> {
  return act(({ call }) => call.artifacts.checkMap(named));
}

/** Takes a bundle from a project. */
export async function deleteBundle(form: FormData): Promise<Outcome> {
  const [organization, project, bundleId] = [textOf(form, "organization"), textOf(form, "project"), textOf(form, "bundle")];
  return act(async ({ call }) => {
    await call.artifacts.deleteBundle({ organization, project, bundleId });
    refresh();
    return null;
  });
}

/** Gives a file of a release another name. */
export async function renameFile(form: FormData): Promise<Outcome> {
  const [organization, version, file] = [textOf(form, "organization"), textOf(form, "version"), textOf(form, "file")];
  return act(async ({ call }) => {
    await call.files.rename({ organization, version, file, name: textOf(form, "name") });
    refresh();
    return null;
  });
}

/** Deletes a file of a release. */
export async function deleteFile(form: FormData): Promise<Outcome> {
  const [organization, version, file] = [textOf(form, "organization"), textOf(form, "version"), textOf(form, "file")];
  return act(async ({ call }) => {
    await call.files.delete({ organization, version, file });
    refresh();
    return null;
  });
}
