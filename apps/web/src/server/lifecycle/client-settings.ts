/** The settings of a release client. */
export type Settings = { readonly url: string; readonly organization: string; readonly token: string; readonly project: string };

/** Returns the shell commands that configure release clients. */
export const settingsLines = ({ url, organization, token, project }: Settings): readonly string[] => [
  `export SENTRY_URL=${url}`,
  `export SENTRY_ORG=${organization}`,
  `export SENTRY_AUTH_TOKEN=${token}`,
  `export SENTRY_PROJECT=${project}`,
];
