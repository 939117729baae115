/** A file's id is its path in the bundle, in URL-safe base64 (contract 9.6). */
export const bundleFileId = (path: string): string => {
  const id = Buffer.from(path).toString("base64url");
  return id + "=".repeat((4 - (id.length % 4)) % 4);
};
