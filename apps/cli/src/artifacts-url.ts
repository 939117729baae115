/** The address of the page that shows a project's uploaded bundles, opened at one of them. */
export function artifactsUrl(server: string, organization: string, project: string, bundleId: string | null): string {
  const page = `${server.replace(/\/+$/, "")}/organizations/${encodeURIComponent(organization)}/projects/${encodeURIComponent(project)}/artifacts/`;
  return bundleId === null ? page : `${page}?bundle=${encodeURIComponent(bundleId)}`;
}
