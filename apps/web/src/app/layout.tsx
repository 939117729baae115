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
  description: "Releases, commits, deploys and artifacts.",
  robots: { index: false, follow: false },
};

// Each response has its own nonce for scripts, so no page can be rendered in advance.
export const dynamic = "force-dynamic";

/** The root layout. */
export default async function Layout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html lang="en" className={font.variable} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript nonce={nonce} defaultColorScheme="auto" suppressHydrationWarning />
      </head>
      <body>
        <a className="skip" href="#content">
          Skip to content
        </a>
        <ThemeProvider nonce={nonce}>{children}</ThemeProvider>
        <ConnectionNotice />
        <LiveTimes />
      </body>
    </html>
  );
}

/** The Latin characters of the font, loaded with the page. Those of other scripts are loaded where they occur. */
const font = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  variable: "--font",
  adjustFontFallback: false,
});
