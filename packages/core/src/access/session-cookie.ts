/** The cookie a session is kept in: the session's token, a dot, and a signature that only guards the cookie itself. */
export const SESSION_COOKIE = "landfall.session_token";

const COOKIE_PATTERN = new RegExp(String.raw`(?:^|;)[ \t]*${RegExp.escape(SESSION_COOKIE)}=([A-Za-z0-9]{32})(?:\.|;|$)`);

/** The session token in a `Cookie` header; null when there is none that could be one. */
export const sessionToken = (cookies: string): string | null => COOKIE_PATTERN.exec(cookies)?.[1] ?? null;
