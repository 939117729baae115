import type { Metadata } from "next";
import { PageLink } from "#ui/links.tsx";
import { StandalonePage } from "#ui/standalone-page.tsx";

export const metadata: Metadata = { title: "Not found" };

/** Shown for unknown URLs. */
export default function NotFound() {
  return (
    <StandalonePage title="Page not found">
      <p>
        Check the URL, or go to the <PageLink href="/">start page</PageLink>. Pages that you have no access to look the same.
      </p>
    </StandalonePage>
  );
}
