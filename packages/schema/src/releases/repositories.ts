import * as z from "zod";
import { body, list } from "../fields/composites.ts";
import { queryText } from "../fields/query.ts";
import { text } from "../fields/text.ts";

/** The products whose URLs of commits, pull requests, issues, files, and comparisons are known. */
export const LINK_HOSTS = ["github", "gitlab", "bitbucket", "bitbucket-server", "gitea", "azure"] as const;

export type LinkHost = (typeof LINK_HOSTS)[number];

/** The maximum length of a link template. */
const MAX_TEMPLATE_LENGTH = 500;

/** The maximum length of the URL of a repository. */
export const MAX_REPOSITORY_URL = 500;

/** The maximum length of a repository name that a client can send in `refs` (contract 3.1). */
export const MAX_REPOSITORY_NAME = 200;

const template = () => z.string().trim().max(MAX_TEMPLATE_LENGTH).optional();

/** The templates of the links of one repository. `templateProblem` of packages/domain has their rules. */
const LinkTemplates = z.strictObject({
  commit: template(),
  request: template(),
  issue: template(),
  file: template(),
  compare: template(),
});

export type LinkTemplates = z.output<typeof LinkTemplates>;

/** What a person set for the links of a repository: the product that serves it, and templates that replace the product's forms. */
const LinkSettings = z.strictObject({ host: z.enum(LINK_HOSTS).optional(), templates: LinkTemplates.optional() });

export type LinkSettings = z.output<typeof LinkSettings>;

/** Everything that the links of a repository depend on. */
export const LinkSourceView = z.object({
  name: z.string(),
  url: z.string().nullable(),
  links: LinkSettings.nullable(),
  /** The ticket template of the organization, such as `https://jira.example.com/browse/{ticket}`. */
  ticketUrl: z.string().nullable(),
});

export type LinkSourceView = z.infer<typeof LinkSourceView>;

/** The most repositories of one request for links. */
const MAX_LINKED = 100;

/** The repositories, by id, whose links are needed. */
export const GetLinksInput = z.object({ ids: z.array(queryText()).max(MAX_LINKED).default([]) });

/** The ticket template of an organization, and what the links of repositories depend on. */
export const LinksView = z.object({
  ticketUrl: z.string().nullable(),
  repositories: z.array(LinkSourceView.extend({ id: z.string() })),
});

export type LinksView = z.infer<typeof LinksView>;

/** The most names that clients may use for one repository, besides its own. */
const MAX_ALIASES = 100;

/**
 * Changes of a repository. An empty URL removes it. After a change of the name, commits that name the old one are added to the same
 * repository, unless `keepsOldName` is false. `aliases` is the list of those names to keep.
 */
export const EditRepositoryInput = body({
  name: text({ max: MAX_REPOSITORY_NAME }).optional(),
  keepsOldName: z.boolean().default(true),
  url: text({ max: MAX_REPOSITORY_URL, blank: true }).nullish(),
  links: LinkSettings.nullish(),
  aliases: list(text({ max: MAX_REPOSITORY_NAME }), { max: MAX_ALIASES }).optional(),
});

export type EditRepositoryInput = z.output<typeof EditRepositoryInput>;

/** The ticket template of an organization; null or empty removes it. */
export const SetTicketUrlInput = body({ ticketUrl: text({ max: MAX_TEMPLATE_LENGTH, blank: true }).nullable() });

/** The URL of the git remote that commits came from, for a repository that has no URL. */
export const ReportRepositoryUrlInput = body({ name: text({ max: MAX_REPOSITORY_NAME }), url: text({ max: MAX_REPOSITORY_URL }) });

/** Whether the URL was stored: the repository exists, and had none. */
export const ReportedUrlView = z.object({ isStored: z.boolean() });

export type ReportedUrlView = z.infer<typeof ReportedUrlView>;

/** The repository, by its id, that another one is merged into. */
export const MergeRepositoryInput = body({
  into: z.string(),
  /** Whether commits that name the merged repository later are added to the other one. */
  keepsOldName: z.boolean().default(true),
});

export const PreviewRepositoryMergeInput = z.object({ into: queryText() });

/** What a merge of two repositories changes. */
export const RepositoryMergeView = z.object({
  from: z.string(),
  into: z.string(),
  /** The commits that move; `isCapped` if there are more. */
  commits: z.object({ count: z.number().int(), isCapped: z.boolean() }),
  /** Of these, the commits whose hash both repositories have. They become one commit. */
  sharedCommits: z.number().int(),
  /** The releases with commits in the repository that is merged. */
  releases: z.number().int(),
  /** Of these, the releases that have a head commit in both. They keep that of the other repository. */
  sharedReleases: z.number().int(),
});

export type RepositoryMergeView = z.infer<typeof RepositoryMergeView>;

/** A repository with what people manage of it. */
export const ManagedRepositoryView = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  url: z.string().nullable(),
  links: LinkSettings.nullable(),
  /** The other names that clients may use for it. */
  aliases: z.array(z.string()),
  /** The number of its commits within the caller's reach; `isCapped` if there are more. */
  commits: z.object({ count: z.number().int(), isCapped: z.boolean() }),
  /** The newest of these commits. */
  lastCommit: z.object({ sha: z.string(), dateCreated: z.iso.datetime() }).nullable(),
});

export type ManagedRepositoryView = z.infer<typeof ManagedRepositoryView>;
