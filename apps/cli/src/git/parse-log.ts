import type { NewCommit } from "@landfall/client/create-client";

/** A file changed by a commit, as printed by `git log --name-status`. */
type GitFile = { readonly path: string; readonly status: string };

/** A commit as printed by git. */
export type GitCommit = {
  readonly sha: string;
  /** ISO 8601 with the author's own offset. */
  readonly date: string;
  readonly name: string;
  readonly email: string;
  readonly message: string;
  readonly files: readonly GitFile[];
};

/** The fields that `parseLog` reads, in order: hash, author date, author name, author email, message. */
export const LOG_FORMAT = "--format=tformat:%H%x00%aI%x00%an%x00%ae%x00%B";

/** Longer than any stored text. Bytes after it are not kept in memory. */
const MAX_TOKEN_BYTES = 1_048_576;

/**
 * Parses the output of `git log -z --name-status` with `LOG_FORMAT`. Each token ends with NUL, which neither messages nor paths can
 * contain: five fields, then a status and a path for each file, the first status after a line break. Invalid UTF-8 is replaced.
 * @throws Error if the output has another form.
 */
export async function* parseLog(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<GitCommit, void, undefined> {
  const tokens = splitAtNul(pieces);
  const next = async (): Promise<string> => {
    const { value, done } = await tokens.next();
    if (done) throw new Error("git log ended within a commit");
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
    if (size < MAX_TOKEN_BYTES) parts.push(part.subarray(0, MAX_TOKEN_BYTES - size));
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
  if (size > 0) throw new Error("git log ended within a field");
}

/** The server's limits in characters (contract 3.1). It rejects the whole list if one field is longer. */
const MAX_LENGTH = { name: 128, email: 200, path: 510, message: 65_536 } as const;

type Place = {
  readonly repository: string;
  /** The commits at which a shallow clone ends: git prints all their files as added. */
  readonly shallowCommits: ReadonlySet<string>;
};

/** Converts a commit to the format of the server. Names and messages that are too long are cut; such paths and emails are omitted. */
export function commitOfGit({ sha, date, name, email, message, files }: GitCommit, { repository, shallowCommits }: Place): NewCommit {
  return {
    id: sha,
    repository,
    message: cut(message, MAX_LENGTH.message),
    author_name: cut(name, MAX_LENGTH.name),
    author_email: email !== "" && fits(email, MAX_LENGTH.email) ? email : undefined,
    timestamp: date || undefined,
    patch_set: shallowCommits.has(sha)
      ? undefined
      : files.filter(({ path }) => path.trim() !== "" && fits(path, MAX_LENGTH.path)).map(patchOf),
  };
}

/** Any status other than added and deleted, such as a type change, is sent as modified. */
const patchOf = ({ path, status }: GitFile): NonNullable<NewCommit["patch_set"]>[number] => ({
  path,
  type: status === "A" || status === "D" ? status : "M",
});

const fits = (text: string, limit: number): boolean => text.length <= limit || [...text].length <= limit;

/** In code points, as the server counts. */
const cut = (text: string, limit: number): string => (fits(text, limit) ? text : [...text].slice(0, limit).join(""));
