import type { NewCommit } from "@landfall/client/procedure-types";
import type { GitCommit, GitFile } from "./parse-log.ts";

/** What the server stores at most (contract 3.1); it refuses the whole list for one field that is longer. */
const LONGEST = { name: 128, email: 200, path: 510, message: 65_536 } as const;

type Place = {
  readonly repository: string;
  /** Commits at the cut of a shallow clone: git shows their whole tree as added. */
  readonly cutOff: ReadonlySet<string>;
};

/** A commit as the server takes it. What it could not store is shortened (names, messages) or left out (paths, addresses). */
export function commitOfGit({ sha, date, name, email, message, files }: GitCommit, { repository, cutOff }: Place): NewCommit {
  return {
    id: sha,
    repository,
    message: cut(message, LONGEST.message),
    author_name: cut(name, LONGEST.name),
    ...(email !== "" && fits(email, LONGEST.email) ? { author_email: email } : {}),
    ...(date === "" ? {} : { timestamp: date }),
    ...(cutOff.has(sha) ? {} : { patch_set: files.filter(({ path }) => path.trim() !== "" && fits(path, LONGEST.path)).map(patchOf) }),
  };
}

/** Added and deleted are told as such; whatever else happened to a file changed it. */
const patchOf = ({ path, status }: GitFile): NonNullable<NewCommit["patch_set"]>[number] => ({
  path,
  type: status === "A" || status === "D" ? status : "M",
});

const fits = (text: string, most: number): boolean => text.length <= most || [...text].length <= most;

/** By code points, as the server counts. */
const cut = (text: string, most: number): string => (fits(text, most) ? text : [...text].slice(0, most).join(""));
