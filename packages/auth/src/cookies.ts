/** A cookie to set in a browser, with the field names of cookie libraries. */
export type CookieToSet = {
  readonly name: string;
  readonly value: string;
  readonly path: "/";
  readonly httpOnly: true;
  readonly sameSite: "lax";
  readonly secure: boolean;
  /** In seconds; 0 removes the cookie. Without it the browser forgets the cookie when it is closed. */
  readonly maxAge?: number;
};

/** A cookie as a `Set-Cookie` header. */
export function setCookieHeader({ name, value, path, secure, maxAge }: CookieToSet): string {
  const lifetime = maxAge === undefined ? [] : [`Max-Age=${maxAge}`];
  const flags = ["HttpOnly", "SameSite=Lax", ...(secure ? ["Secure"] : [])];
  return [`${name}=${encodeURIComponent(value)}`, `Path=${path}`, ...lifetime, ...flags].join("; ");
}
