import path from "node:path";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The repository: what pages import lies in other packages.
  turbopack: { root: path.join(import.meta.dirname, "../..") },
  // `npm test` checks types, of the whole repository at once and with its own settings.
  typescript: { ignoreBuildErrors: true },
};

export default config;
