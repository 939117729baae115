"use client";

import { Button } from "@mantine/core";
import { errorPageText } from "#server/pages/failure-digest.ts";
import { PageHeader } from "#ui/headings.tsx";

type OrganizationPageErrorProps = { readonly error: { readonly digest?: string }; readonly reset: () => void };

/** Shown when a page of an organization fails; the navigation stays. The cause is in the server's log. */
export default function OrganizationPageError({ error, reset }: OrganizationPageErrorProps) {
  return (
    <>
      <PageHeader title="Something went wrong" />
      <div className="stack">
        <p role="alert">{errorPageText(error.digest, "The other pages may still work.")}</p>
        <div>
          <Button onClick={reset}>Try again</Button>
        </div>
      </div>
    </>
  );
}
