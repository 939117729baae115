"use client";

import type { RemovalPreviewView } from "@landfall/schema/organizations/organizations";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { DialogButton, DialogForm } from "#ui/dialog/dialog.tsx";
import { formatCount } from "@landfall/domain/format";
import { callAction, toFormData } from "#ui/forms/call-action.ts";
import { failureText, type Outcome } from "#ui/forms/outcome.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { previewSampleRemoval, removeSample, restoreOrganization } from "./actions.ts";
import classes from "./sample-notice.module.css";

type SampleNoticeProps = { readonly organization: string; readonly mayRemove: boolean };

/** A notice above every page of the sample organization, with a button to remove it. */
export function SampleNotice({ organization, mayRemove }: SampleNoticeProps) {
  return (
    <section className={classes["notice"]} aria-label="Sample data">
      <p>
        <strong>Sample data.</strong> This organization was created with made-up releases, commits, and deploys.
      </p>
      {mayRemove && (
        <DialogButton label="Remove sample data…" look="row" title="Remove sample data">
          {(close) => <RemoveSample organization={organization} onClose={close} />}
        </DialogButton>
      )}
    </section>
  );
}

function RemoveSample({ organization, onClose }: { readonly organization: string; readonly onClose: () => void }) {
  const router = useRouter();
  const [preview, setPreview] = useState<Outcome<RemovalPreviewView>>(null);
  useEffect(() => void callAction(() => previewSampleRemoval(organization)).then(setPreview), [organization]);
  const acting = useDialogAction(removeSample, ({ id, name }) => {
    onClose();
    showDone(`Removed ${name}. For 24 hours, you can restore it on your account page.`, () =>
      restoreOrganization(toFormData({ organization: id })),
    );
    router.push("/");
  });
  return (
    <DialogForm acting={acting} hidden={{ organization }} submit="Remove" isDanger onCancel={onClose}>
      <Preview preview={preview} />
      <p>For 24 hours, owners can restore it on their account page. Then it is deleted for good.</p>
    </DialogForm>
  );
}

function Preview({ preview }: { readonly preview: Outcome<RemovalPreviewView> }) {
  if (preview === null) return <output>Counting…</output>;
  if (preview.kind === "refused") {
    return (
      <p className="wrong" role="alert">
        {failureText(preview)}
      </p>
    );
  }
  const { name, contents } = preview.value;
  const own = contents.filter(({ ownCount }) => ownCount > 0);
  return (
    <>
      <p>
        This removes the organization {name} with {describeContents(contents)}.
      </p>
      {own.length === 0 ? (
        <p>All of it is sample data.</p>
      ) : (
        <div className={classes["own"]} role="alert">
          <p>
            <strong>Not sample data,</strong> because it was created later:
          </p>
          <ul>
            {own.map((kind) => (
              <li key={kind.kind}>{describeOwn(kind)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

type Contents = RemovalPreviewView["contents"];

const NOUNS: Readonly<Record<Contents[number]["kind"], string>> = {
  projects: "project",
  releases: "release",
  deploys: "deploy",
  bundles: "artifact bundle",
  teams: "team",
  members: "member",
  tokens: "organization token",
};

/** Returns the counts in one phrase: "3 projects, 60 releases, and 1 team". */
export const describeContents = (contents: Contents): string =>
  new Intl.ListFormat("en").format(contents.filter(({ count }) => count > 0).map(({ kind, count }) => formatCount(count, NOUNS[kind])));

/** Returns the count with the first names: "7 releases: 1.0, 1.1, and 5 more". */
export function describeOwn({ kind, ownCount, ownNames }: Contents[number]): string {
  const more = ownCount - ownNames.length;
  const names = more > 0 ? [...ownNames, `${more} more`] : ownNames;
  return `${formatCount(ownCount, NOUNS[kind])}: ${new Intl.ListFormat("en").format(names)}`;
}
