import { isBot } from "@landfall/core/notes/is-bot";
import type { PersonBriefView } from "@landfall/schema/views/brief";
import type { CommitView } from "@landfall/schema/views/commit";

/** Who wrote a commit, from what the wire says of it; null when nobody is named. */
export function commitAuthor(author: CommitView["author"]): Omit<PersonBriefView, "userId"> | null {
  if (!("email" in author)) return null;
  const { name, email } = author;
  return { name, email, isBot: isBot({ name, email }) };
}
