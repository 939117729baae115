import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { LiveTimes } from "#ui/live-times.tsx";
import { ConnectionNotice } from "#ui/live/events-stream.tsx";
import { ThemeProvider } from "#ui/theme/theme-provider.tsx";
import "./mantine.css";
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

/** The letters of most texts, loaded with the page so that it looks the same on every system. Those of other alphabets are loaded where they occur. */
const font = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  variable: "--letters",
  adjustFontFallback: false,
});
