import { parseMessage } from "@landfall/domain/commits/parse-message";
import { repositoryLinks } from "@landfall/domain/commits/repository-links";
import type { CommitDetailView } from "@landfall/schema/releases/commits";
import { Avatar } from "#ui/avatar.tsx";
import { Chip } from "#ui/chip.tsx";
import { CopyButton } from "#ui/copy-download.tsx";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { commitBody, commitSubject } from "./commit-message.ts";
import classes from "./commit-header.module.css";

/** A commit's message, author, date, hash, repository, and references. */
export function CommitHeader({ to, commit }: { readonly to: OrganizationUrls; readonly commit: CommitDetailView }) {
  const { sha, message, author, dateCreated, repository } = commit;
  const links = repositoryLinks(repository);
  const body = commitBody(message);
  const references = parseMessage(message, { isBot: author?.isBot ?? false })?.references ?? [];
  return (
    <div className={classes["head"]}>
      <h1>{commitSubject(message) || "Commit without a message"}</h1>
      <div className={classes["facts"]}>
        {author ? (
          <span className={classes["author"]}>
            <Avatar {...author} />
            <PageLink href={to.person(author.email)}>{author.name ?? author.email}</PageLink>
          </span>
        ) : (
          <span className="soft">No author</span>
        )}
        <TimeAgo at={dateCreated} />
        <span className={classes["sha"]}>
          <code title={sha}>{sha.slice(0, 12)}</code>
          <CopyButton text={sha} what="the hash" />
        </span>
        <ExternalLink href={links.commit(sha) ?? repository.url} className="cut" title={`The commit in ${repository.name}`}>
          {repository.name}
        </ExternalLink>
        {references.map((text) => (
          <Chip key={text}>
            <ExternalLink href={links.reference(text)}>{text}</ExternalLink>
          </Chip>
        ))}
      </div>
      {body !== "" && <pre className={classes["body"]}>{body}</pre>}
    </div>
  );
}
