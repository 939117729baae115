import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { uploadCommands } from "./format.ts";

/** Stands where nothing was uploaded for a release yet: why it matters, and how it is done. */
export function NoReleaseArtifacts({ version, project }: { readonly version: string; readonly project: string | null }) {
  return (
    <EmptyState title="Nothing was uploaded for this release">
      <p>
        With the source maps of what you ship, a stack trace of minified code names the lines you wrote. Run this where the build left its
        files, before they are deployed:
      </p>
      {uploadCommands(version, project).map((line) => (
        <CommandLine key={line} command={line} />
      ))}
      <p className="soft">The plugins of Vite, webpack, Rollup and esbuild do both at the end of each build.</p>
    </EmptyState>
  );
}

/** Stands where nothing was uploaded for a project yet. */
export function NoProjectArtifacts({ project }: { readonly project: string }) {
  return (
    <EmptyState title="Nothing was uploaded for this project yet">
      <p>
        With the source maps of what you ship, a stack trace of minified code names the lines you wrote. Let the job that builds run this
        before it deploys:
      </p>
      {uploadCommands(null, project).map((line) => (
        <CommandLine key={line} command={line} />
      ))}
      <p className="soft">The plugins of Vite, webpack, Rollup and esbuild do both at the end of each build.</p>
    </EmptyState>
  );
}
