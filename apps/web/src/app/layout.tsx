import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SiteHeader } from "../ui/site-header.tsx";
// oxlint-disable-next-line import/no-unassigned-import -- styles have no value
import "./style.css";

export const metadata: Metadata = {
  title: { default: "Landfall", template: "%s · Landfall" },
  description: "What shipped, where it runs, who wrote it, what it broke.",
  robots: { index: false, follow: false },
};

// Each answer has its own nonce for scripts, so no page can be made in advance.
export const dynamic = "force-dynamic";

/** What every page is in. */
export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <SiteHeader />
        <main id="content">{children}</main>
      </body>
    </html>
  );
}
