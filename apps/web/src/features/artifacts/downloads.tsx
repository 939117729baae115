import { IconDownload } from "@tabler/icons-react";
import classes from "./artifacts.module.css";

/** Saves something that was uploaded as a file. */
export function DownloadLink({ href, what }: { readonly href: string; readonly what: string }) {
  return (
    <a href={href} download className={classes["download"]} aria-label={`Download ${what}`} title={`Download ${what}`}>
      <IconDownload size={15} aria-hidden="true" />
    </a>
  );
}

/** Says once why nothing can be downloaded by whoever looks. */
export function DownloadNote() {
  return (
    <p className={classes["note"]}>
      Whole files hold source code, so downloading and checking them is for admins, managers and owners. Stack traces you may resolve.
    </p>
  );
}

/** Where the API hands out what was uploaded; it answers whoever may read source code. */
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
