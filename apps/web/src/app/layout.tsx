import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { font } from "../theme/letters.ts";
import { ThemeProvider } from "../theme/theme-provider.tsx";
import { ConnectionNotice } from "../ui/live/connection-notice.tsx";
import { LiveTimes } from "../ui/live-times.tsx";
// oxlint-disable-next-line import/no-unassigned-import -- styles have no value
import "./mantine.css";
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
export default async function Layout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html lang="en" className={font.variable} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript nonce={nonce} defaultColorScheme="auto" suppressHydrationWarning />
      </head>
      <body>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <ThemeProvider nonce={nonce}>{children}</ThemeProvider>
        <ConnectionNotice />
        <LiveTimes />
      </body>
    </html>
  );
}
