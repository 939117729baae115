"use client";

import { Button } from "@mantine/core";
import { Door } from "../ui/door.tsx";

type FailedProps = { readonly error: { readonly digest?: string }; readonly reset: () => void };

/** What is shown when a page fails. The failure itself is in the server's log. */
export default function Failed({ error, reset }: FailedProps) {
  return (
    <Door title="Something went wrong">
      <p role="alert">
        The server could not make this page; the reason is in its log{error.digest ? ` as digest ${error.digest}` : ""}. Nothing was
        changed.
      </p>
      <Button onClick={reset}>Try again</Button>
    </Door>
  );
}
