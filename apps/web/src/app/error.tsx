"use client";

import { Button } from "@mantine/core";
import { failureText } from "../page-data/failure-digest.ts";
import { Door } from "../ui/door.tsx";

type FailedProps = { readonly error: { readonly digest?: string }; readonly reset: () => void };

/** What is shown when a page fails. The failure itself is in the server's log. */
export default function Failed({ error, reset }: FailedProps) {
  return (
    <Door title="Something went wrong">
      <p role="alert">{failureText(error.digest, "Nothing was changed.")}</p>
      <Button onClick={reset}>Try again</Button>
    </Door>
  );
}
