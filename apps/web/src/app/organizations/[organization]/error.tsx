"use client";

import { Button } from "@mantine/core";
import { failureText } from "../../../page-data/failure-digest.ts";
import { PageHead } from "../../../ui/page-head.tsx";

type FailedProps = { readonly error: { readonly digest?: string }; readonly reset: () => void };

/** Shown in place of a page of the organization that fails; the ways to the others stay. The failure itself is in the server's log. */
export default function Failed({ error, reset }: FailedProps) {
  return (
    <>
      <PageHead title="Something went wrong" />
      <div className="stack">
        <p role="alert">{failureText(error.digest, "The other pages may still work.")}</p>
        <div>
          <Button onClick={reset}>Try again</Button>
        </div>
      </div>
    </>
  );
}
