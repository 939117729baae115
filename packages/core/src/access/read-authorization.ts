import { AppError } from "../app-error.ts";

/** What a request proves itself with: a bearer token, or a key in the place of a Basic user name (contract 16.1). */
export type Credential = { readonly scheme: "bearer" | "key"; readonly token: string };

/**
 * The credential in an `Authorization` header; null when there is none, or one of a scheme that is not ours, which counts as none
 * (contract 16.1). Throws `unauthenticated` for a header that cannot be read (contract 1.20).
 */
export function readAuthorization(header: string): Credential | null {
  const [scheme, ...words] = header.split(/\s+/).filter((word) => word !== "");
  switch (scheme?.toLowerCase()) {
    case "bearer":
      return { scheme: "bearer", token: singleWord(words, "token", "Token") };
    case "basic":
      return readKey(singleWord(words, "basic", "Credentials"));
    default:
      return null;
  }
}

function singleWord([word, ...more]: readonly string[], kind: string, noun: string): string {
  if (word === undefined) throw new AppError("unauthenticated", `Invalid ${kind} header. No credentials provided.`);
  if (more.length > 0) throw new AppError("unauthenticated", `Invalid ${kind} header. ${noun} string should not contain spaces.`);
  return word;
}

/** With a password it is somebody's sign-in, which this wire does not take. */
function readKey(encoded: string): Credential | null {
  const [, token, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  if (token === undefined) throw new AppError("unauthenticated", "Invalid basic header. Credentials not correctly base64 encoded.");
  return password === "" ? { scheme: "key", token } : null;
}
