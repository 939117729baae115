import { IconDownload } from "@tabler/icons-react";
import classes from "./artifacts.module.css";

/** A link to download an artifact. */
export function DownloadLink({ href, what }: { readonly href: string; readonly what: string }) {
  return (
    <a href={href} download className={classes["download"]} aria-label={`Download ${what}`} title={`Download ${what}`}>
      <IconDownload size={15} aria-hidden="true" />
    </a>
  );
}

/** Explains why the viewer cannot download artifacts. */
export function DownloadNote() {
  return (
    <p className={classes["note"]}>
      Files contain source code, so downloading and checking them is for admins, managers and owners. You can still resolve stack traces.
    </p>
  );
}

/** Returns the API URLs of artifacts, which require access to source code. */
export function downloadUrls(organization: string) {
  const below = (...parts: readonly string[]) => `/api/0/${parts.map(encodeURIComponent).join("/")}/`;
  return {
    bundle: (project: string, id: string) =>
      `${below("projects", organization, project, "artifact-lookup")}?download=${encodeURIComponent(id)}`,
    bundleFile: (project: string, bundle: string, file: string) =>
      below("projects", organization, project, "artifact-bundles", bundle, "files", file),
    releaseFile: (version: string, file: string) =>
      `${below("organizations", organization, "releases", version, "files", file)}?download=1`,
  };
}

export type DownloadUrls = ReturnType<typeof downloadUrls>;
