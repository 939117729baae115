import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { uploadCommands } from "./format.ts";

/** Shown if no artifacts were uploaded for a release: why they matter, and how to upload them. */
export function NoReleaseArtifacts({ version, project }: { readonly version: string; readonly project: string | null }) {
  return (
    <EmptyState title="No artifacts uploaded for this release">
      <p>With source maps, stack traces of minified code show your original source. Run this in the build output before you deploy:</p>
      {uploadCommands(version, project).map((line) => (
        <CommandLine key={line} command={line} />
      ))}
      <p className="soft">The Sentry plugins for Vite, webpack, Rollup and esbuild do both at the end of each build.</p>
    </EmptyState>
  );
}

/** Shown if no artifacts were uploaded for a project. */
export function NoProjectArtifacts({ project }: { readonly project: string }) {
  return (
    <EmptyState title="No artifacts uploaded for this project">
      <p>With source maps, stack traces of minified code show your original source. Run this in the build job before it deploys:</p>
      {uploadCommands(null, project).map((line) => (
        <CommandLine key={line} command={line} />
      ))}
      <p className="soft">The Sentry plugins for Vite, webpack, Rollup and esbuild do both at the end of each build.</p>
    </EmptyState>
  );
}
