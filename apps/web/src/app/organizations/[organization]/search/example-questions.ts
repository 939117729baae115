import { referencesIn } from "@landfall/core/notes/references";
import type { CommitView } from "@landfall/schema/views/commit";
import { shortVersion } from "../../../../ui/find/short-version.ts";

export type ExampleQuery = { readonly what: string; readonly text: string };

type Commit = Pick<CommitView, "id" | "message" | "author">;

/** One question of each kind: from these commits as far as they go, else made up. */
export function exampleQueries(version: string | null, commits: readonly Commit[]): ExampleQuery[] {
  const subjects = commits.map(({ message }) => (message ?? "").split("\n", 1)[0]?.trim() ?? "");
  const reference = subjects.flatMap(referencesIn).find((text) => /^(?:[#!]\d+|[A-Z][A-Z0-9_]*-\d+)$/.test(text));
  const email = commits.flatMap(({ author }) => ("email" in author ? author.email : [])).at(0);
  const words = subjects.map(searchWords).find((text) => text !== "");
  const path = commits.flatMap(({ message }) => /\b[\w-]+(?:\/[\w.-]+)+\b/.exec(message ?? "")?.[0] ?? []).at(0);
  return [
    { what: "the number of a request or ticket", text: reference ?? "#4812" },
    { what: "the beginning of a commit's hash", text: commits.at(0)?.id.slice(0, 8) ?? "4f2a91c0" },
    { what: "words of its message", text: words ?? "fix login" },
    { what: "who wrote it", text: email ?? "ada@example.com" },
    { what: "a file or folder it changed", text: path ?? "src/login" },
    { what: "a version", text: version === null ? "4.3.1" : shortVersion(version) },
  ];
}

/** Some words from the middle of a subject, without its type and numbers. */
function searchWords(subject: string): string {
  const words = subject.replace(/^\w+(?:\([^)]*\))?!?:/, "").match(/\p{L}{3,}/gu) ?? [];
  return words.slice(0, 2).join(" ");
}
