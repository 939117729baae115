/** What a release client needs to know. */
export type Settings = { readonly url: string; readonly organization: string; readonly token: string; readonly project: string };

/** The lines that make release clients work in a shell, once pasted. */
export const settingsLines = ({ url, organization, token, project }: Settings): readonly string[] => [
  `export SENTRY_URL=${url}`,
  `export SENTRY_ORG=${organization}`,
  `export SENTRY_AUTH_TOKEN=${token}`,
  `export SENTRY_PROJECT=${project}`,
];
