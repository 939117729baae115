/**
 * The security headers of a page (design 7). Scripts run only with this answer's nonce, which must be fresh and hard to guess; nothing
 * is loaded from elsewhere, nothing may frame the page, and no other site learns its address, where a setup link's secret may be.
 */
export const pageHeaders = (nonce: string) => ({
  "Content-Security-Policy": [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Components put sizes and colours of their own in `style` attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
});
