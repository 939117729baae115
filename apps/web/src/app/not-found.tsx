import type { Metadata } from "next";
import { PageLink } from "#ui/links.tsx";
import { StandalonePage } from "#ui/standalone-page.tsx";

export const metadata: Metadata = { title: "Not found" };

/** The answer to an address that is no page. */
export default function NotFound() {
  return (
    <StandalonePage title="There is no such page">
      <p>
        Check the address, or go to <PageLink href="/">the first page</PageLink>. What you may not see is not told from what is not there.
      </p>
    </StandalonePage>
  );
}
