/** Programs say so in brackets, or are called after what they do. */
const NAMES =
  /\[bot\]|(?:^|[\s._-])bot$|^(?:dependabot|renovate|greenkeeper|snyk|github-actions|gitlab-ci|semantic-release|release-please|pre-commit-ci)(?:\b|[-_])/i;

const EMAILS =
  /\[bot\]@|(?:^|[._+-])bot@|^(?:dependabot|renovate|greenkeeper|snyk|github-actions|action|support\+dependabot)@|@(?:dependabot|renovateapp|greenkeeper)\./i;

/** Whether the author of a commit looks like a program, by name and address. People whose surname is Bot are taken for people. */
export function isBot({ name, email }: { readonly name: string | null; readonly email: string }): boolean {
  return EMAILS.test(email) || (name !== null && NAMES.test(name) && !/^\p{Lu}\p{Ll}+ Bot$/u.test(name));
}
