import { relative } from "node:path";
import { requireOrganization, requireProjects } from "../command/arguments.ts";
import { command, flag, type Parameter, repeated, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { openRepository } from "../git/open-repository.ts";
import { checkVersion, proposeVersion } from "../shipping/propose-version.ts";
import type { InjectedScript } from "../sourcemaps/inject-build.ts";
import type { UploadedBuild } from "../sourcemaps/upload-build.ts";
import { isCliError } from "../system/errors.ts";
import { fileSize, table } from "../terminal/format.ts";

type Uploaded = UploadedBuild & {
  readonly release: string | null;
  readonly dist: string | null;
  readonly projects: readonly string[];
  /** The page where the files are shown. */
  readonly url: string;
  readonly dryRun: boolean;
  readonly warnings: readonly string[];
};

/** The folders and files that a command is about. */
const PATHS: Parameter<readonly string[]> = repeated("<paths...>", "folders of the build, or files of it");

/** Which files below them count. */
const FILE_OPTIONS = {
  ext: repeated("-x, --ext <ending>", "endings of scripts in place of js, mjs and cjs; repeat it for more"),
  ignore: repeated("-i, --ignore <pattern>", "files and folders to pass over, as .gitignore has them; node_modules always is"),
};

/** Uploads a build's scripts and source maps. */
export const uploadSourcemaps = command({
  describe: "upload built scripts and their source maps",
  details: `The release is the one given, else it is found as \`landfall ship\` finds it. Outside of a git folder it may be left out when all
scripts have debug ids; it need not exist.

A file is called after its path below the folder that is named: dist/js/app.js is ~/js/app.js after \`sourcemaps upload dist\`. Where the
site serves it from elsewhere, say so with --url-prefix ~/static. Maps lie where the scripts say, or beside them. A map that lacks the text
of its sources gets it from the disk, where those are in the project. Scripts get debug ids only with --inject, for they have to be deployed
with them.

Only what the server does not have yet is sent. An upload that was cut off goes on where it ended when it is run again.`,
  arguments: { paths: PATHS },
  options: {
    release: text("-r, --release <version>", "the release they belong to (LANDFALL_RELEASE, SENTRY_RELEASE)"),
    dist: text("-d, --dist <name>", "the dist of it, as the SDK has it"),
    urlPrefix: text("-u, --url-prefix <prefix>", "what the files' addresses begin with (~/)"),
    urlSuffix: text("--url-suffix <suffix>", "what the files' addresses end with, such as ?v=1"),
    stripPrefix: repeated("--strip-prefix <prefix>", "cut from the names of sources in the maps; repeat it for more"),
    ...FILE_OPTIONS,
    inject: flag("--inject", "give scripts and maps debug ids first, as `sourcemaps inject` does"),
    noSources: flag("--no-sources", "leave maps as they are, also those that lack the text of their sources"),
    validate: flag("--validate", "warn of every file that is not as it should be"),
    strict: flag("--strict", "fail when there is nothing to upload, or a script has no map"),
    wait: flag("--wait", "stay until the server has read the files; this is the default"),
    noWait: flag("--no-wait", "do not stay: whether the files can be used is not told"),
  },
  examples: [
    "sourcemaps upload dist -p web --release web@1.4.0",
    "sourcemaps upload dist --inject --strict --allow-failure",
    "sourcemaps upload .next/static --url-prefix ~/_next/static --dry-run",
  ],
  writes: true,
  rehearses: true,
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
      extensions: endingsOf(args.ext),
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
    const name = release === null ? "without a release" : release;
    const many = `${files.length} ${files.length === 1 ? "file" : "files"}`;
    if (dryRun)
      return [
        ...files.map(({ url: address, path }) => `${address}  ${paint.dim(path)}`),
        `${paint.bold(name)}: ${many} would be uploaded.`,
      ].join("\n");
    if (bundle === null) return `${paint.bold(name)}: nothing was uploaded.`;
    const sent = bundle.sentBytes === 0 ? "all there already" : `${fileSize(bundle.sentBytes)} sent`;
    return `${paint.bold(name)}: ${many}, ${sent}${bundle.state === "ok" ? "" : ", not read yet"}. ${url}`;
  },
});

type Injected = {
  readonly scripts: readonly InjectedScript[];
  readonly injected: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly dryRun: boolean;
};

/** Gives scripts and their maps debug ids. */
export const injectSourcemaps = command({
  describe: "give built scripts and their source maps debug ids",
  details: `A debug id says which map belongs to a script, whatever the two are called and wherever they lie. Do it after the last step that
changes the files and before they are deployed, and upload those same files. Name the folder of the build and not that of the project: every
script below it is changed.

The id is made of the files: the same build gets the same ids. Files that have them, from any tool, are left alone; doing it twice changes
nothing. A script without a map gets an id too. Files are replaced at once, with their permissions.`,
  arguments: { paths: PATHS },
  options: FILE_OPTIONS,
  examples: ["sourcemaps inject dist", "sourcemaps inject dist --ignore 'vendor/**' --dry-run"],
  writes: true,
  rehearses: true,
  async run(context, { paths, ext, ignore }): Promise<Injected> {
    const { findFiles, SCRIPT_EXTENSIONS } = await import("../sourcemaps/find-files.ts");
    const { readBuild } = await import("../sourcemaps/read-build.ts");
    const { injectBuild } = await import("../sourcemaps/inject-build.ts");
    const { cwd } = context.world;
    const extensions = ext.length > 0 ? endingsOf(ext) : SCRIPT_EXTENSIONS;
    const build = await readBuild(await findFiles(paths, { cwd, extensions, ignore }));
    if (build.scripts.length === 0) context.warn(`There are no scripts in ${paths.join(", ")}.`);
    const scripts = await injectBuild(build, { isRehearsal: context.isDryRun });
    const from = (path: string): string => relative(cwd, path);
    const told = scripts.map((script) => ({ ...script, path: from(script.path), map: script.map === null ? null : from(script.map) }));
    for (const { path, problem } of told) if (problem !== null) context.warn(`${path}: ${problem}`);
    const count = (wanted: InjectedScript["state"]): number => told.filter(({ state }) => state === wanted).length;
    return {
      scripts: told,
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

/** Endings without the dot some write before them. */
const endingsOf = (given: readonly string[]): string[] => given.map((ending) => ending.replace(/^\./, ""));

/**
 * The release that files are uploaded for, found as `ship` finds it; null outside of a git folder when nobody named one. Throws a CliError
 * for a name no release can have.
 */
async function releaseOf(context: Context, given: string | undefined): Promise<string | null> {
  const { world, settings } = context;
  const named = given === undefined ? settings.release : { value: given, source: "--release" };
  if (named) return checkVersion(named).value;
  const repository = await openRepository({ cwd: world.cwd, env: world.env, signal: world.signal }).catch((error: unknown) => {
    if (isCliError(error) && error.exit === "input") return null;
    throw error;
  });
  return repository && (await proposeVersion(context, undefined, repository)).value;
}

/** The address of the page that shows a project's uploaded bundles, opened at one of them. */
export function artifactsUrl(server: string, organization: string, project: string, bundleId: string | null): string {
  const page = `${server.replace(/\/+$/, "")}/organizations/${encodeURIComponent(organization)}/projects/${encodeURIComponent(project)}/artifacts/`;
  return bundleId === null ? page : `${page}?bundle=${encodeURIComponent(bundleId)}`;
}
