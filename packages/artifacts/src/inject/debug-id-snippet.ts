/**
 * The line that tells SDKs which debug id the file around it has: under a stack trace taken in the file, in the global `_sentryDebugIds`,
 * which the SDKs of Sentry read. It runs in every JavaScript since ES5, in scripts and modules, and never throws.
 */
export function debugIdSnippet(debugId: string): string {
  const global = ["globalThis", "self", "window", "global"].map((name) => `"object"==typeof ${name}?${name}:`).join("");
  return `;!function(){try{var g=${global}{},s=(new Error).stack;if(s)(g._sentryDebugIds=g._sentryDebugIds||{})[s]="${debugId}"}catch(e){}}();`;
}

/** Whether a script already tells this debug id when it runs, whichever tool made it do so. */
export function hasDebugIdSnippet(script: string, debugId: string): boolean {
  const at = script.indexOf("_sentryDebugIds");
  return at !== -1 && script.includes(debugId, at);
}
