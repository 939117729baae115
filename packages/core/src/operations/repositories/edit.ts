import { templateProblem } from "@landfall/domain/commits/repository-links";
import {
  type EditRepositoryInput as EditInput,
  EditRepositoryInput,
  type LinkSettings,
  type ReportedUrlView,
  ReportRepositoryUrlInput,
  SetTicketUrlInput,
} from "@landfall/schema/releases/repositories";
import type { RepositoryView } from "@landfall/schema/releases/commits";
import { REL_WRITE, REPO_WRITE } from "@landfall/schema/scope";
import type { Issue } from "@landfall/schema/error";
import { eq } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { reachableProjects } from "../../access/project-reach.ts";
import { AppError, invalidField, invalidInput } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeRepository, findRepositories } from "../../records/repositories.ts";
import { atRepository } from "./at-repository.ts";
import { changeRepository, readRepositoryUrl } from "./change-repository.ts";

const URL_EXPECTED = "Enter the URL of the repository, such as https://git.example.com/acme/web or git@git.example.com:acme/web.git.";

/**
 * Changes the name, URL, link settings, and other names of a repository.
 *
 * @throws `invalid` at `url` and at each template that cannot be used, `invalid` while the repository is being deleted, and `conflict` if
 * another active repository has one of the names.
 */
export const editRepository = mutation({
  scope: REPO_WRITE,
  at: atRepository,
  input: EditRepositoryInput,
  run: async (on, { name, keepsOldName, url, links, aliases }): Promise<RepositoryView> => {
    const { repository } = on.at;
    if (repository.status === "deletion_in_progress") throw new AppError("invalid", `The repository ${repository.name} is being deleted.`);
    const changes = { name, url: readRepositoryUrl(url, URL_EXPECTED), links: readLinks(links), aliases, keepsOldName };
    return describeRepository(await changeRepository(on, repository, changes));
  },
});

const TEMPLATES = ["commit", "request", "issue", "file", "compare"] as const;

/** Returns link settings without their empty values; null if nothing is set. */
function readLinks(links: EditInput["links"]): LinkSettings | null | undefined {
  if (links === undefined || links === null) return links;
  const templates: LinkSettings["templates"] = {};
  const issues: Issue[] = [];
  for (const kind of TEMPLATES) {
    const template = links.templates?.[kind];
    if (template === undefined || template === "") continue;
    const problem = templateProblem(kind, template);
    if (problem !== null) issues.push({ path: ["links", "templates", kind], message: problem });
    templates[kind] = template;
  }
  if (issues.length > 0) throw invalidInput(issues);
  const hasTemplates = Object.keys(templates).length > 0;
  if (links.host === undefined && !hasTemplates) return null;
  return { ...(links.host && { host: links.host }), ...(hasTemplates && { templates }) };
}

/**
 * Sets the template of links to tickets of all repositories of the organization, such as `https://jira.example.com/browse/{ticket}`.
 *
 * @throws `invalid` at `ticketUrl` for a template that cannot be used.
 */
export const setTicketUrl = mutation({
  scope: ["org:write", "org:admin"],
  at: atOrganization,
  input: SetTicketUrlInput,
  run: async (on, input): Promise<{ ticketUrl: string | null }> => {
    const { id, slug, ticketUrl: before } = on.at.access.organization;
    const ticketUrl = input.ticketUrl === "" ? null : input.ticketUrl;
    const problem = ticketUrl === null ? null : templateProblem("ticket", ticketUrl);
    if (problem !== null) throw invalidField("ticketUrl", problem);
    if (ticketUrl === before) return { ticketUrl };
    const { organizations } = on.tx.tables;
    await on.tx.update(organizations).set({ ticketUrl }).where(eq(organizations.id, id));
    const details = { before: { ticketUrl: before }, after: { ticketUrl } };
    await recordAudit(on, { organizationId: id, action: "organization.update", target: slug, details });
    return { ticketUrl };
  },
});

/**
 * Stores the URL of the git remote that commits came from, if their repository has no URL. Never replaces a URL.
 *
 * @throws `invalid` at `url` for anything but the URL of a web page or a git remote.
 */
export const reportRepositoryUrl = mutation({
  scope: REL_WRITE,
  at: atOrganization,
  input: ReportRepositoryUrlInput,
  run: async (on, { name, url: given }): Promise<ReportedUrlView> => {
    const { access } = on.at;
    const url = readRepositoryUrl(given, URL_EXPECTED);
    const reach = await reachableProjects(on.tx, access);
    const repository = (await findRepositories(on.tx, access.organization.id, new Set([name]), "active", reach)).get(name);
    if (!repository || repository.url !== null) return { isStored: false };
    await changeRepository(on, repository, { url, keepsOldName: true });
    return { isStored: true };
  },
});
