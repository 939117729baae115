import type { PluginOptions } from "./plugin-options.ts";

type Build = (options: PluginOptions) => Promise<unknown>;

// Only the selected bundler is loaded.
const withVite = async () => (await import("./with-vite.ts")).withVite;
const withWebpack = async () => (await import("./with-webpack.ts")).withWebpack;
const withEsbuild = async () => (await import("./with-esbuild.ts")).withEsbuild;
const withRollup = async () => (await import("./with-rollup.ts")).withRollup;

/** A bundler with one major version of its plugin. Plugins from 11 on call the server themselves; earlier ones run `sentry-cli` 2. */
export const BUILDS = {
  "vite 11": async (options) => (await withVite())((await import("@sentry/vite-plugin")).sentryVitePlugin(options)),
  "webpack 11": async (options) => (await withWebpack())((await import("@sentry/webpack-plugin")).sentryWebpackPlugin(options)),
  "esbuild 5": async (options) => (await withEsbuild())((await import("@sentry/esbuild-plugin")).sentryEsbuildPlugin(options)),
  "rollup 5": async (options) => (await withRollup())((await import("@sentry/rollup-plugin")).sentryRollupPlugin(options)),
  "vite 5": async (options) => (await withVite())((await import("sentry-vite-plugin-5")).sentryVitePlugin(options)),
  "webpack 5": async (options) => (await withWebpack())((await import("sentry-webpack-plugin-5")).sentryWebpackPlugin(options)),
  "webpack 2": async ({ project, ...options }) => {
    // It supports only one project.
    const [first] = [project].flat();
    const { sentryWebpackPlugin } = await import("sentry-webpack-plugin-2");
    return (await withWebpack())(sentryWebpackPlugin({ ...options, project: first }));
  },
} as const satisfies Readonly<Record<string, Build>>;

export type BuildName = keyof typeof BUILDS;

export const isBuildName = (name: string): name is BuildName => Object.hasOwn(BUILDS, name);
