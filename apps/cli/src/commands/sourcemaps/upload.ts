import { artifactsUrl } from "../../artifacts-url.ts";
import { command } from "../../command.ts";
import { flag, repeated, text } from "../../parameters.ts";
import { endingsOf, FILE_OPTIONS, PATHS } from "../../sourcemaps/options.ts";
import type { UploadedBuild } from "../../sourcemaps/upload-build.ts";
import { releaseOf } from "../../sourcemaps/release-of.ts";
import { fileSize } from "../../terminal/file-size.ts";
import { wantedOrganization, wantedProjects } from "../../wanted.ts";

type Uploaded = UploadedBuild & {
  readonly release: string | null;
  readonly dist: string | null;
  readonly projects: readonly string[];
  /** The page where the files are shown. */
  readonly url: string;
  readonly dryRun: boolean;
  readonly warnings: readonly string[];
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
    const { uploadBuild, USUAL } = await import("../../sourcemaps/upload-build.ts");
    const organization = wantedOrganization(context);
    const projects = wantedProjects(context);
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
      urlPrefix: args.urlPrefix ?? USUAL.urlPrefix,
      urlSuffix: args.urlSuffix ?? USUAL.urlSuffix,
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
