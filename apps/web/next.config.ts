import path from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // Turns off the image optimizer, which would fetch and decode what a URL names.
  images: { unoptimized: true },
  reactStrictMode: true,
  // Without it a page or a form asked for while the server cannot be reached takes the page, and what was typed, away.
  experimental: { useOffline: true },
  // The repository: what pages import lies in other packages.
  turbopack: { root: path.join(import.meta.dirname, "../..") },
  // `npm test` checks types, of the whole repository at once and with its own settings.
  typescript: { ignoreBuildErrors: true },
};

export default config;
