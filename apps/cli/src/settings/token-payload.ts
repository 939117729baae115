/** What an organization's token says of itself. */
export type TokenPayload = { readonly url: string | null; readonly organization: string | null };

/** The server and organization inside an `sntrys_` token (contract/clients 9); null for any other token, and for one that cannot be read. */
export function tokenPayload(token: string): TokenPayload | null {
  const [, encoded] = /^sntrys_([A-Za-z0-9+/=]+)_[A-Za-z0-9+/]+$/.exec(token) ?? [];
  if (encoded === undefined) return null;
  const payload = readJson(Buffer.from(encoded, "base64").toString());
  if (typeof payload !== "object" || payload === null) return null;
  return { url: textAt(payload, "url"), organization: textAt(payload, "org") };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function textAt(payload: object, key: string): string | null {
  const value: unknown = Reflect.get(payload, key);
  return typeof value === "string" && value !== "" ? value : null;
}
