import type { NewCommit } from "@landfall/client/create-client";

/** A file a commit changed, as `git log --name-status` tells it. */
type GitFile = { readonly path: string; readonly status: string };

/** A commit as git tells it. */
export type GitCommit = {
  readonly sha: string;
  /** ISO 8601 with the author's own offset. */
  readonly date: string;
  readonly name: string;
  readonly email: string;
  readonly message: string;
  readonly files: readonly GitFile[];
};

/** The fields `parseLog` reads, in its order: sha, author's date, name and address, message. */
export const LOG_FORMAT = "--format=tformat:%H%x00%aI%x00%an%x00%ae%x00%B";

/** Longer than any text that is stored; what is beyond is not kept in memory. */
const LONGEST_TOKEN = 1_048_576;

/**
 * Reads what `git log -z --name-status` prints with `LOG_FORMAT`. Everything ends with NUL, which neither messages nor paths can
 * hold: five fields, then a status and a path for each file, the first status after a line break. Bytes that are no UTF-8 are
 * replaced. Throws for output of any other form.
 */
export async function* parseLog(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<GitCommit, void, undefined> {
  const tokens = splitAtNul(pieces);
  const next = async (): Promise<string> => {
    const { value, done } = await tokens.next();
    if (done) throw new Error("git log ended in the middle of a commit");
    return value;
  };
  let current: (Omit<GitCommit, "files"> & { files: GitFile[] }) | null = null;
  for await (const token of tokens) {
    const [, status] = STATUS.exec(token) ?? [];
    if (status !== undefined && current) {
      current.files.push({ status, path: await next() });
    } else if (SHA.test(token)) {
      if (current) yield current;
      current = { sha: token, date: await next(), name: await next(), email: await next(), message: await next(), files: [] };
    } else {
      throw new Error(`git log printed ${JSON.stringify(token.slice(0, 100))} where a commit was expected`);
    }
  }
  if (current) yield current;
}

const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const STATUS = /^\n?([A-Z])\d*$/;

async function* splitAtNul(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let parts: Uint8Array[] = [];
  let size = 0;
  const keep = (part: Uint8Array) => {
    if (size < LONGEST_TOKEN) parts.push(part.subarray(0, LONGEST_TOKEN - size));
    size += part.length;
  };
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(0); end !== -1; end = piece.indexOf(0, start)) {
      keep(piece.subarray(start, end));
      yield decoder.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts));
      parts = [];
      size = 0;
      start = end + 1;
    }
    if (start < piece.length) keep(piece.subarray(start));
  }
  if (size > 0) throw new Error("git log ended in the middle of a field");
}

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
