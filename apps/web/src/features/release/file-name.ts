/** A file name for a release, with only characters that every file system accepts. */
export function releaseFileName(version: string, extension: string): string {
  const name = version
    .normalize("NFKD")
    .replaceAll(/[^\w.@+-]+/g, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "")
    .slice(0, 100);
  return `${name || "release"}.${extension}`;
}
