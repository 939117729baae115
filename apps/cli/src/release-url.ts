/** The address of a release's page. */
export const releaseUrl = (server: string, organization: string, version: string): string =>
  `${server.replace(/\/+$/, "")}/organizations/${encodeURIComponent(organization)}/releases/${encodeURIComponent(version)}/`;
