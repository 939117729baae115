"use server";

import { RELEASE_TEXTS } from "@landfall/schema/constants";
import type { DeletionPreviewView } from "@landfall/schema/releases/change-release";
import type { NotesView } from "@landfall/schema/releases/release-notes";
import { revalidatePath } from "next/cache";
import { formText, formTexts, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

type ReleaseRef = { readonly organization: string; readonly version: string };

const revalidatePages = () => revalidatePath("/organizations/[organization]", "layout");

async function withRevalidation(work: Promise<Exclude<Outcome<unknown>, null>>): Promise<Outcome> {
  const outcome = await work;
  if (outcome.kind === "refused") return outcome;
  revalidatePages();
  return { kind: "done", value: null };
}

/** Sets the release date; null marks the release as unreleased. */
export async function setReleased({ organization, version, at }: ReleaseRef & { readonly at: string | null }): Promise<Outcome> {
  return withRevalidation(runAction(({ call }) => call.releases.edit({ organization, version, dateReleased: at })));
}

/** Archives the release, or restores it. */
export async function setStatus({
  organization,
  version,
  status,
}: ReleaseRef & { readonly status: "open" | "archived" }): Promise<Outcome> {
  return withRevalidation(runAction(({ call }) => call.releases.changeStatus({ organization, versions: [version], status })));
}

/** Saves the form of the edit dialog. An empty field clears the value. */
export async function editRelease(form: FormData): Promise<Outcome> {
  const [organization, version, dateReleased] = ["organization", "version", "dateReleased"].map((name) => formText(form, name));
  const texts = Object.fromEntries(RELEASE_TEXTS.map((name) => [name, formText(form, name).trim()]));
  return withRevalidation(
    runAction(({ call }) =>
      call.releases.edit({
        organization: organization ?? "",
        version: version ?? "",
        ...texts,
        owner: formText(form, "owner").trim() || null,
        dateReleased: dateReleased || null,
      }),
    ),
  );
}

/** Creates a deploy from the form of the deploy dialog. */
export async function recordDeploy(form: FormData): Promise<Outcome> {
  const text = (name: string) => formText(form, name).trim();
  const projects = formTexts(form, "projects");
  return withRevalidation(
    runAction(({ call }) =>
      call.deploys.create({
        organization: formText(form, "organization"),
        version: formText(form, "version"),
        environment: text("environment"),
        name: text("name"),
        url: text("url"),
        dateStarted: text("dateStarted") || null,
        dateFinished: text("dateFinished") || null,
        projects: form.has("choosesProjects") ? projects : undefined,
      }),
    ),
  );
}

/** Deletes the release. For a deployed release, `typed` must be its version. Does not revalidate: the browser opens another page. */
export async function deleteRelease({ organization, version, typed }: ReleaseRef & { readonly typed: string }): Promise<Outcome> {
  const preview = await runAction(({ call }) => call.releases.previewDeletion({ organization, version }));
  if (preview.kind === "refused") return preview;
  if (preview.value.deploys > 0 && typed !== version) {
    return {
      kind: "refused",
      code: "invalid",
      message: "The release was deployed in the meantime. Type its version to delete it.",
      fields: {},
    };
  }
  const outcome = await runAction(({ call }) => call.releases.delete({ organization, version }));
  return outcome.kind === "refused" ? outcome : { kind: "done", value: null };
}

/** Returns what deleting the release would delete. */
export async function previewDeletion({ organization, version }: ReleaseRef): Promise<Outcome<DeletionPreviewView>> {
  return runAction(({ call }) => call.releases.previewDeletion({ organization, version }));
}

/** Returns names of existing environments. */
export async function suggestEnvironments(organization: string): Promise<readonly string[]> {
  const outcome = await runAction(({ call }) => call.environments.list({ organization, per_page: 100 }));
  return outcome.kind === "done" ? outcome.value.items.map(({ name }) => name) : [];
}

/** Returns email addresses of members whose name or email contains `part`. */
export async function suggestOwners(organization: string, part: string): Promise<readonly string[]> {
  const outcome = await runAction(({ call }) => call.members.list({ organization, query: part, per_page: 20 }));
  return outcome.kind === "done" ? outcome.value.items.map(({ email }) => email) : [];
}

type NotesInput = {
  readonly organization: string;
  readonly version: string;
  readonly markdown: string | null;
  /** The `dateSaved` that the edit started from. Absent: overwrite what others saved in the meantime. */
  readonly basedOn?: string | null;
};

/** Saves notes; with null, reverts to the generated draft. */
export async function saveNotes({ organization, version, markdown, ...rest }: NotesInput): Promise<Outcome<NotesView>> {
  const basedOn = "basedOn" in rest ? { basedOn: rest.basedOn ?? null } : {};
  const outcome = await runAction(({ call }) => call.notes.save({ organization, version, markdown, ...basedOn }));
  if (outcome.kind === "done") revalidatePath("/organizations/[organization]/releases/[version]", "layout");
  return outcome;
}

/** Returns Markdown rendered as HTML. */
export async function previewNotes(
  draft: Pick<NotesInput, "organization" | "version"> & { readonly markdown: string },
): Promise<Outcome<string>> {
  return runAction(async ({ call }) => (await call.notes.preview(draft)).html);
}
