/** A name for a file about a release, of characters that every file system takes. */
export function releaseFileName(version: string, ending: string): string {
  const name = version
    .normalize("NFKD")
    .replaceAll(/[^\w.@+-]+/g, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "")
    .slice(0, 100);
  return `${name || "release"}.${ending}`;
}
