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
