import { formatDay } from "#ui/format.ts";
import { isBot } from "@landfall/domain/commits/is-bot";
import { referencesInBody, splitAtReferences } from "@landfall/domain/commits/references";
import type { PersonBriefView } from "@landfall/schema/brief";
import type { CommitView } from "@landfall/schema/releases/commits";
import { Avatar } from "#ui/avatar.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { commitSubject } from "./commit-message.ts";
import type { LinksByRepository } from "./links-of-commits.ts";
import classes from "./commit-list.module.css";

type CommitListProps = {
  readonly to: OrganizationUrls;
  readonly commits: readonly CommitView[];
  /** The links of the repositories of these commits. */
  readonly links: LinksByRepository;
};

/** Commits, one line each: subject, author, hash, and date. */
export function CommitList({ to, commits, links }: CommitListProps) {
  return (
    <ul className={`list ${classes["rows"]}`}>
      {commits.map((commit) => (
        <CommitRow key={`${commit.repository.id} ${commit.id}`} to={to} commit={commit} links={links} />
      ))}
    </ul>
  );
}

function CommitRow({
  to,
  commit: { id, message, author, dateCreated, repository },
  links,
}: Omit<CommitListProps, "commits"> & { readonly commit: CommitView }) {
  const person = commitAuthor(author);
  const subject = commitSubject(message);
  return (
    <li data-row="">
      {person ? <Avatar {...person} /> : <span className={classes["noAuthor"]} aria-hidden="true" />}
      <span className="cut" title={message ?? undefined}>
        <CommitSubject message={message} referenceUrl={(text) => links.get(repository.id)?.reference(text) ?? null} />
      </span>
      <span className={classes["author"]}>{person ? (person.name ?? person.email) : "No author"}</span>
      <PageLink href={to.commit(id)} data-open="" className="mono" title={id} aria-label={`Commit ${id.slice(0, 10)}: ${subject}`}>
        {id.slice(0, 10)}
      </PageLink>
      <TimeAgo at={dateCreated} />
    </li>
  );
}

type SubjectProps = Pick<CommitView, "message"> & { readonly referenceUrl: (text: string) => string | null };

/** The subject of a commit. References to pull requests and tickets are links where their URL is known. */
function CommitSubject({ message, referenceUrl }: SubjectProps) {
  const subject = commitSubject(message);
  if (subject === "") return <em className="soft">No message</em>;
  const below = referencesInBody((message ?? "").trimStart().split(/\r?\n/).slice(1)).filter((reference) => !subject.includes(reference));
  // Every second part is a reference. Indexes are stable keys: the parts never change order.
  const parts = splitAtReferences(subject).map((text, index) => ({ key: `${index}`, text, isReference: index % 2 === 1 }));
  return (
    <>
      {parts.map(({ key, text, isReference }) => (isReference ? <Reference key={key} text={text} href={referenceUrl(text)} /> : text))}
      {below.length > 0 && (
        <small className="soft">
          {below.map((text) => (
            <span key={text}>
              {" "}
              <Reference text={text} href={referenceUrl(text)} />
            </span>
          ))}
        </small>
      )}
    </>
  );
}

function Reference({ text, href }: { readonly text: string; readonly href: string | null }) {
  return href === null ? (
    text
  ) : (
    <a href={href} rel="noopener noreferrer" className={classes["reference"]}>
      {text}
    </a>
  );
}

/** Returns the author of a commit from the wire's view; null without one. */
function commitAuthor(author: CommitView["author"]): Omit<PersonBriefView, "userId"> | null {
  if (!("email" in author)) return null;
  const { name, email } = author;
  return { name, email, isBot: isBot({ name, email }) };
}

type CommitDay = { readonly day: string; readonly commits: readonly CommitView[] };
export type CommitsOfRepository = { readonly repository: CommitView["repository"]; readonly days: readonly CommitDay[] };

/** Groups commits by repository and day (UTC, "2026-01-31"), in the order of first occurrence. */
export function groupCommits(commits: readonly CommitView[]): CommitsOfRepository[] {
  return [...Map.groupBy(commits, ({ repository }) => repository.id).values()].flatMap((ofRepository) => {
    const [first] = ofRepository;
    if (!first) return [];
    const days = [...Map.groupBy(ofRepository, ({ dateCreated }) => dateCreated.slice(0, 10))].map(([day, commits]) => ({ day, commits }));
    return [{ repository: first.repository, days }];
  });
}

/** A day ("2026-01-31") as readable text. */
export function Day({ day }: { readonly day: string }) {
  return <time dateTime={day}>{formatDay(day, "weekday")}</time>;
}
