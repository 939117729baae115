import { relative } from "node:path";
import { formatBytes, formatCount } from "@landfall/domain/format";
import { requireOrganization, requireProjects } from "../command/arguments.ts";
import { command, flag, type Parameter, repeated, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { openRepository } from "../git/open-repository.ts";
import { checkVersion, proposeVersion } from "../shipping/propose-version.ts";
import type { InjectedScript } from "../sourcemaps/inject-build.ts";
import type { UploadedBuild } from "../sourcemaps/upload-build.ts";
import { isCliError } from "../system/errors.ts";
import { table } from "../terminal/format.ts";

type Uploaded = UploadedBuild & {
  readonly release: string | null;
  readonly dist: string | null;
  readonly projects: readonly string[];
  /** The URL of the page that shows the files. */
  readonly url: string;
  readonly dryRun: boolean;
  readonly warnings: readonly string[];
};

/** The folders and files that the commands below read. */
const PATHS: Parameter<readonly string[]> = repeated("<paths...>", "folders or files of the build");

/** Which files in the folders to use. */
const FILE_OPTIONS = {
  ext: repeated("-x, --ext <extension>", "a file extension of scripts, instead of js, mjs, and cjs; may be repeated"),
  ignore: repeated("-i, --ignore <pattern>", "files and folders to ignore, in .gitignore syntax, besides node_modules; may be repeated"),
};

/** Uploads the scripts and source maps of a build. */
export const uploadSourcemaps = command({
  describe: "upload built scripts and their source maps",
  details: `The release is --release, or the version that \`landfall ship\` would use. It need not exist. Outside a git repository it may be
omitted if all scripts have debug ids.

A file is named by its path below the folder: after \`sourcemaps upload dist\`, dist/js/app.js is ~/js/app.js. If the site serves the files
from another path, use --url-prefix ~/static. Source maps are read from where the scripts refer to, or from next to the scripts. If a map
does not contain its sources, they are added from the disk if they are in the project. Scripts get debug ids only with --inject, because
the scripts must be deployed with them.

Only data that the server does not have yet is sent. Run the command again to continue an interrupted upload.`,
  arguments: { paths: PATHS },
  options: {
    release: text("-r, --release <version>", "the release of the files (LANDFALL_RELEASE, SENTRY_RELEASE)"),
    dist: text("-d, --dist <name>", "the dist of the release, as configured in the SDK"),
    urlPrefix: text("-u, --url-prefix <prefix>", "the prefix of the files' URLs (default: ~/)"),
    urlSuffix: text("--url-suffix <suffix>", "the suffix of the files' URLs, such as ?v=1"),
    stripPrefix: repeated("--strip-prefix <prefix>", "a prefix to remove from source names in the maps; may be repeated"),
    ...FILE_OPTIONS,
    inject: flag("--inject", "add debug ids to scripts and maps first, like `sourcemaps inject`"),
    noSources: flag("--no-sources", "do not add missing sources to the maps"),
    validate: flag("--validate", "print a warning for each file with a problem"),
    strict: flag("--strict", "fail if there is nothing to upload or a script has no source map"),
    wait: flag("--wait", "wait until the server has processed the files (default)"),
    noWait: flag("--no-wait", "do not wait, and do not report whether the files are valid"),
  },
  examples: [
    "sourcemaps upload dist -p web --release web@1.4.0",
    "sourcemaps upload dist --inject --strict --allow-failure",
    "sourcemaps upload .next/static --url-prefix ~/_next/static --dry-run",
  ],
  writes: true,
  hasDryRunResult: true,
  async run(context, args): Promise<Uploaded> {
    const { uploadBuild, DEFAULTS } = await import("../sourcemaps/upload-build.ts");
    const organization = requireOrganization(context);
    const projects = requireProjects(context);
    const release = await releaseOf(context, args.release);
    const dist = args.dist ?? null;
    const uploaded = await uploadBuild(context, {
      organization,
      projects,
      release,
      dist,
      paths: args.paths,
      extensions: extensionsOf(args.ext),
      ignore: args.ignore,
      urlPrefix: args.urlPrefix ?? DEFAULTS.urlPrefix,
      urlSuffix: args.urlSuffix ?? DEFAULTS.urlSuffix,
      stripPrefix: args.stripPrefix,
      fillsSources: !args.noSources,
      injects: args.inject,
      isStrict: args.strict,
      validates: args.validate,
      waits: !args.noWait,
    });
    const url = artifactsUrl(context.settings.url?.value ?? "", organization, projects[0] ?? "", uploaded.bundle?.bundleId ?? null);
    return { release, dist, projects, url, ...uploaded, dryRun: context.isDryRun, warnings: context.warnings };
  },
  print({ release, files, bundle, url, dryRun }, paint) {
    const name = release ?? "No release";
    const count = formatCount(files.length, "file");
    if (dryRun)
      return [
        ...files.map(({ url: fileUrl, path }) => `${fileUrl}  ${paint.dim(path)}`),
        `${paint.bold(name)}: ${count} would be uploaded.`,
      ].join("\n");
    if (bundle === null) return `${paint.bold(name)}: nothing uploaded.`;
    const sent = bundle.sentBytes === 0 ? "already on the server" : `${formatBytes(bundle.sentBytes)} sent`;
    return `${paint.bold(name)}: ${count}, ${sent}${bundle.state === "ok" ? "" : ", not processed yet"}. ${url}`;
  },
});

type Injected = {
  readonly scripts: readonly InjectedScript[];
  readonly injected: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly dryRun: boolean;
};

/** Adds debug ids to scripts and their source maps. */
export const injectSourcemaps = command({
  describe: "add debug ids to built scripts and their source maps",
  details: `A debug id connects a script with its source map, independent of names and paths. Run this after the last build step that changes
the files and before they are deployed, and upload the same files. Pass the folder of the build, not that of the project: all scripts below
it are changed.

The ids are derived from the contents: the same build gets the same ids. Files that already have ids, from any tool, are not changed. A
script without a source map gets an id too. Files are replaced atomically and keep their permissions.`,
  arguments: { paths: PATHS },
  options: FILE_OPTIONS,
  examples: ["sourcemaps inject dist", "sourcemaps inject dist --ignore 'vendor/**' --dry-run"],
  writes: true,
  hasDryRunResult: true,
  async run(context, { paths, ext, ignore }): Promise<Injected> {
    const { findFiles, SCRIPT_EXTENSIONS } = await import("../sourcemaps/find-files.ts");
    const { readBuild } = await import("../sourcemaps/read-build.ts");
    const { injectBuild } = await import("../sourcemaps/inject-build.ts");
    const { cwd } = context.runtime;
    const extensions = ext.length > 0 ? extensionsOf(ext) : SCRIPT_EXTENSIONS;
    const build = await readBuild(await findFiles(paths, { cwd, extensions, ignore }));
    if (build.scripts.length === 0) context.warn(`No scripts found in ${paths.join(", ")}.`);
    const scripts = await injectBuild(build, { isDryRun: context.isDryRun });
    const relativePath = (path: string): string => relative(cwd, path);
    const results = scripts.map((script) => ({ ...script, path: relativePath(script.path), map: script.map && relativePath(script.map) }));
    for (const { path, problem } of results) if (problem !== null) context.warn(`${path}: ${problem}`);
    const count = (expected: InjectedScript["state"]): number => results.filter(({ state }) => state === expected).length;
    return {
      scripts: results,
      injected: count("injected"),
      unchanged: count("unchanged"),
      skipped: count("skipped"),
      dryRun: context.isDryRun,
    };
  },
  print({ scripts, injected, unchanged, skipped, dryRun }, paint) {
    const rows = scripts.map(({ state, path, map, debugId }) => [
      dryRun && state === "injected" ? "to inject" : state,
      path,
      map ?? "-",
      debugId ?? "-",
    ]);
    const counts = [
      `${injected} ${dryRun ? "to inject" : "injected"}`,
      `${unchanged} unchanged`,
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ];
    return [table(["STATE", "SCRIPT", "MAP", "DEBUG ID"], rows, paint, "No scripts."), `${counts.join(", ")}.`].join("\n");
  },
});

/** Removes the leading dots of file extensions. */
const extensionsOf = (extensions: readonly string[]): string[] => extensions.map((extension) => extension.replace(/^\./, ""));

/**
 * Returns the release of the files: `--release`, or the version that `ship` would use; null outside a git repository without one.
 * @throws CliError `input` if the version is not valid.
 */
async function releaseOf(context: Context, argument: string | undefined): Promise<string | null> {
  const { runtime, settings } = context;
  const configured = argument === undefined ? settings.release : { value: argument, source: "--release" };
  if (configured) return checkVersion(configured).value;
  const repository = await openRepository({ cwd: runtime.cwd, env: runtime.env, signal: runtime.signal }).catch((error: unknown) => {
    if (isCliError(error) && error.exit === "input") return null;
    throw error;
  });
  return repository && (await proposeVersion(context, undefined, repository)).value;
}

/** Returns the URL of the page of a project's artifact bundles, with one of them selected. */
export function artifactsUrl(server: string, organization: string, project: string, bundleId: string | null): string {
  const page = `${server.replace(/\/+$/, "")}/organizations/${encodeURIComponent(organization)}/projects/${encodeURIComponent(project)}/artifacts/`;
  return bundleId === null ? page : `${page}?bundle=${encodeURIComponent(bundleId)}`;
}
