/** Bots have "[bot]" in their name or the name of a known tool. */
const NAMES =
  /\[bot\]|(?:^|[\s._-])bot$|^(?:dependabot|renovate|greenkeeper|snyk|github-actions|gitlab-ci|semantic-release|release-please|pre-commit-ci)(?:\b|[-_])/i;

const EMAILS =
  /\[bot\]@|(?:^|[._+-])bot@|^(?:dependabot|renovate|greenkeeper|snyk|github-actions|action|support\+dependabot)@|@(?:dependabot|renovateapp|greenkeeper)\./i;

/** Returns whether the author of a commit looks like a bot, by name and email. A person whose surname is Bot is not one. */
export function isBot({ name, email }: { readonly name: string | null; readonly email: string }): boolean {
  return EMAILS.test(email) || (name !== null && NAMES.test(name) && !/^\p{Lu}\p{Ll}+ Bot$/u.test(name));
}
