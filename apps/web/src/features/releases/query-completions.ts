import { QUERY_KEYS, type QueryKey } from "./query-keys.ts";

/** What a completion can draw on: what is on the page. */
export type CompletionSources = {
  readonly versions: readonly string[];
  readonly packages: readonly string[];
  readonly environments: readonly string[];
  readonly projects: readonly string[];
};

/** Something the text could go on with, or a filter beside the box that says what was meant. */
export type Completion = {
  readonly label: string;
  readonly hint: string;
  readonly does:
    | { readonly kind: "insert"; readonly text: string }
    | { readonly kind: "filter"; readonly name: "project" | "environment"; readonly value: string };
};

export type Completions = {
  /** The part of the text that an inserted one replaces. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
};

/** How many are offered at once, and of each kind of filter. */
const COMPLETION_LIMIT = 12;

const FILTER_LIMIT = 3;

/**
 * What the word at the caret could become: keys, values of its key, and the filters a bare word may have meant. Nothing inside of
 * quotes that were not closed.
 */
export function completionsAt(text: string, caret: number, facts: CompletionSources): Completions {
  const start = wordStart(text, caret);
  const to = wordEnd(text, caret);
  const word = text.slice(start, caret);
  const match = /^(!?)([a-zA-Z0-9_.-]*)(:?)/.exec(word);
  const [whole = "", negation = "", name = "", colon = ""] = match ?? [];
  if (colon === "") return { from: start, to, options: whole.length < word.length ? [] : keyCompletions(negation, name, facts) };
  const key = QUERY_KEYS.find((one) => one.key === name);
  if (!key) return { from: start, to, options: [] };
  const value = word.slice(whole.length);
  const from = start + whole.length + itemStart(value);
  const typed = text.slice(from, caret);
  return { from, to, options: value.startsWith('"') ? [] : valueCompletions(key, typed, facts) };
}

function keyCompletions(negation: string, typed: string, { environments, projects }: CompletionSources): Completion[] {
  const fitting = QUERY_KEYS.filter(({ key }) => key.includes(typed.toLowerCase()));
  const keys = fitting
    .toSorted((a, b) => Number(b.key.startsWith(typed)) - Number(a.key.startsWith(typed)))
    .map(({ key, hint }) => ({ label: `${negation}${key}:`, hint, does: { kind: "insert" as const, text: `${negation}${key}:` } }));
  if (negation !== "" || typed === "") return keys;
  const filters = (name: "project" | "environment", values: readonly string[]): Completion[] =>
    values
      .filter((value) => value.toLowerCase().includes(typed.toLowerCase()))
      .slice(0, FILTER_LIMIT)
      .map((value) => ({
        label: value,
        hint: name === "project" ? "only this project" : "deployed there",
        does: { kind: "filter", name, value },
      }));
  return [...keys, ...filters("environment", environments), ...filters("project", projects)];
}

function valueCompletions(key: QueryKey, typed: string, facts: CompletionSources): Completion[] {
  const [, operator = "", rest = typed] = /^([<>]=?|!?=)?(.*)$/s.exec(typed) ?? [];
  const takesOperator = key.values.some(([value]) => value === ">=");
  const written = takesOperator ? operator : "";
  const sought = (takesOperator ? rest : typed).toLowerCase();
  const fixed = key.values
    .filter(([value]) => value.startsWith(typed) && value !== typed)
    .map(([value, hint]) => ({ label: value, hint, does: { kind: "insert" as const, text: /^[<>]/.test(value) ? value : `${value} ` } }));
  const found = candidates(key.from, facts)
    .filter((value) => value.toLowerCase().includes(sought))
    .slice(0, COMPLETION_LIMIT - fixed.length)
    .map((value) => ({
      label: `${written}${value}`,
      hint: "",
      does: { kind: "insert" as const, text: `${written}${key.from === "numbers" ? value : quoteValue(value)} ` },
    }));
  return [...fixed, ...found];
}

function candidates(from: QueryKey["from"], { versions, packages }: CompletionSources): readonly string[] {
  if (from === "versions") return versions;
  if (from === "packages") return packages;
  if (from === undefined) return [];
  const numbers = versions.flatMap((version) => /^@?[^@]+@(\d+(?:\.\d+){0,3}(?:-[\w.-]+)?)$/.exec(version)?.[1] ?? []);
  const lines = numbers.flatMap((number) => /^\d+\.\d+(?=\.)/.exec(number) ?? []).map((line) => `${line}.*`);
  return [...new Set([...numbers, ...lines])];
}

/** A value so that it means itself: stars would stand for anything, and blanks would end it. */
export function quoteValue(value: string): string {
  const escaped = value.replace(/["*\\]/g, String.raw`\$&`);
  return /[ \t\n\r"]|^\[/.test(value) || value === "" ? `"${escaped}"` : escaped;
}

/** Where the item of a list that is being written begins; 0 for a value that is no list. */
function itemStart(value: string): number {
  if (!value.startsWith("[")) return 0;
  const last = Math.max(value.lastIndexOf(","), 0) + 1;
  return last + (/^[ \t]*/.exec(value.slice(last))?.[0].length ?? 0);
}

/** Blanks part words, but not inside of quotes or brackets. */
function wordStart(text: string, caret: number): number {
  let start = 0;
  let isQuoted = false;
  let isListed = false;
  for (let index = 0; index < caret; index += 1) {
    const character = text.charAt(index);
    if (character === "\\") index += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === "[" && text.charAt(index - 1) === ":") isListed = true;
    else if (character === "]") isListed = false;
    else if (/[ \t\n\r]/.test(character) && !isListed) start = index + 1;
  }
  return start;
}

const wordEnd = (text: string, caret: number): number => caret + (/^[^ \t\n\r,\]]*/.exec(text.slice(caret))?.[0].length ?? 0);
