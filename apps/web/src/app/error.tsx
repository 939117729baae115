"use client";

import { Button } from "@mantine/core";
import { errorPageText } from "#server/pages/failure-digest.ts";
import { StandalonePage } from "#ui/standalone-page.tsx";

type FailedProps = { readonly error: { readonly digest?: string }; readonly reset: () => void };

/** Shown when a page fails. The cause is in the server's log. */
export default function Failed({ error, reset }: FailedProps) {
  return (
    <StandalonePage title="Something went wrong">
      <p role="alert">{errorPageText(error.digest, "Nothing was changed.")}</p>
      <Button onClick={reset}>Try again</Button>
    </StandalonePage>
  );
}
