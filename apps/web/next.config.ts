import path from "node:path";
import type { NextConfig } from "next";

/** The repository, because pages import from other packages. */
const root = path.join(import.meta.dirname, "../..");

const config: NextConfig = {
  // Also collects the files that Next needs for serving, for the npm package.
  output: "standalone",
  outputFileTracingRoot: root,
  poweredByHeader: false,
  // Turns off the image optimizer, which would fetch and decode what a URL names.
  images: { unoptimized: true },
  reactStrictMode: true,
  // Without it a page or a form asked for while the server cannot be reached takes the page, and what was typed, away.
  experimental: { useOffline: true },
  turbopack: { root },
  // `npm test` checks types, of the whole repository at once and with its own settings.
  typescript: { ignoreBuildErrors: true },
};

export default config;
