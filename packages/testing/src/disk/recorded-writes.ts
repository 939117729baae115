import { readFileSync } from "node:fs";
import path from "node:path";

/** The file operations of a process with the shim, in order. */
export type Recorded = { readonly file: string } & (
  | { readonly kind: "write"; readonly at: number; readonly bytes: Buffer }
  /** The file was truncated to this length. */
  | { readonly kind: "cut"; readonly length: number }
  /** A sync started, and succeeded. */
  | { readonly kind: "start" | "end"; readonly sync: number }
  /** A note that the process wrote to its own file beside the database. */
  | { readonly kind: "note"; readonly text: string }
);

/** Reads the record of a shim. */
export function readRecord(folder: string): Recorded[] {
  const content = readFileSync(path.join(folder, "record"));
  const all: Recorded[] = [];
  for (let at = 0; at < content.length;) {
    const end = content.indexOf("\n", at);
    const [kind = "", file = "", number, length] = content.toString("utf8", at, end).split(" ");
    const bytes = kind === "write" || kind === "note" ? content.subarray(end + 1, end + 1 + Number(length)) : Buffer.alloc(0);
    all.push(recorded(kind, file, Number(number), bytes));
    at = end + 1 + bytes.length;
  }
  return all;
}

function recorded(kind: string, file: string, number: number, bytes: Buffer): Recorded {
  if (kind === "write") return { kind, file, at: number, bytes };
  if (kind === "cut") return { kind, file, length: number };
  if (kind === "start" || kind === "end") return { kind, file, sync: number };
  if (kind === "note") return { kind, file, text: bytes.toString("utf8") };
  throw new Error(`A record has an entry "${kind}".`);
}

/** A change of a file's bytes. */
export type Change = Extract<Recorded, { kind: "write" | "cut" }>;

/**
 * The state of the files after a power failure behind the first `count` entries: `durable` changes are on the disk, since a sync
 * of their file started after them and succeeded; the disk may have stored any of the `open` ones, in any order.
 */
export function changesAt(record: readonly Recorded[], count: number): { readonly durable: Change[]; readonly open: Change[] } {
  const syncedTo = new Map<string, number>();
  const starts = new Map<number, number>();
  const past = record.slice(0, count);
  for (const [index, entry] of past.entries()) {
    if (entry.kind === "start") starts.set(entry.sync, index);
    if (entry.kind === "end") syncedTo.set(entry.file, Math.max(syncedTo.get(entry.file) ?? 0, starts.get(entry.sync) ?? 0));
  }
  const changes = [...past.entries()].filter((numbered): numbered is [number, Change] => ["write", "cut"].includes(numbered[1].kind));
  const isDurable = ([index, { file }]: [number, Change]) => index < (syncedTo.get(file) ?? 0);
  return {
    durable: changes.filter(isDurable).map(([, change]) => change),
    open: changes.filter((numbered) => !isDurable(numbered)).map(([, change]) => change),
  };
}

/** The bytes of `file` after its changes, starting from `before`. */
export function contentAfter(changes: readonly Change[], file: string, before: Buffer = Buffer.alloc(0)): Buffer {
  const own = changes.filter((change) => change.file === file);
  const most = Math.max(before.length, ...own.map((change) => (change.kind === "cut" ? change.length : change.at + change.bytes.length)));
  const content = Buffer.alloc(most);
  let length = before.copy(content);
  for (const change of own) {
    if (change.kind === "cut") {
      content.fill(0, change.length, length);
      length = change.length;
    } else length = Math.max(length, change.at + change.bytes.copy(content, change.at));
  }
  return content.subarray(0, length);
}
