import { referencesBelow, splitAtReferences } from "@landfall/core/notes/references";
import { repositoryLinks } from "@landfall/core/notes/repository-links";
import type { CommitView } from "@landfall/schema/views/commit";
import classes from "./commit-subject.module.css";
import { commitSubject } from "./subject-of.ts";

type SubjectProps = Pick<CommitView, "message" | "repository">;

/** What a commit did, in one line; the requests and tickets it names lead to them where its repository is on the web. */
export function CommitSubject({ message, repository }: SubjectProps) {
  const subject = commitSubject(message);
  if (subject === "") return <em className="soft">No message</em>;
  const links = repositoryLinks(repository.url);
  const below = referencesBelow((message ?? "").trimStart().split(/\r?\n/).slice(1)).filter((reference) => !subject.includes(reference));
  // Every second part is a reference; the parts never change places.
  const parts = splitAtReferences(subject).map((text, index) => ({ key: `${index}`, text, isReference: index % 2 === 1 }));
  return (
    <>
      {parts.map(({ key, text, isReference }) => (isReference ? <Reference key={key} text={text} href={links.reference(text)} /> : text))}
      {below.length > 0 && (
        <small className="soft">
          {below.map((text) => (
            <span key={text}>
              {" "}
              <Reference text={text} href={links.reference(text)} />
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
