/** The values that completions suggest: those on the page. */
export type CompletionSources = {
  readonly versions: readonly string[];
  readonly packages: readonly string[];
  readonly environments: readonly string[];
  readonly projects: readonly string[];
};

/** A suggestion: text to insert, or a filter of the form to select. */
export type Completion = {
  readonly label: string;
  readonly hint: string;
  readonly effect:
    | { readonly kind: "insert"; readonly text: string }
    | { readonly kind: "filter"; readonly name: "project" | "environment"; readonly value: string };
};

export type Completions = {
  /** The range of the text that an insertion replaces. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
};

const COMPLETION_LIMIT = 12;

/** For each kind of filter. */
const FILTER_LIMIT = 3;

/**
 * Returns completions for the word at the caret: keys, values of its key, and filters that a bare word may refer to. None inside an
 * unclosed quote.
 */
export function completionsAt(text: string, caret: number, sources: CompletionSources): Completions {
  const start = wordStart(text, caret);
  const to = wordEnd(text, caret);
  const word = text.slice(start, caret);
  const match = /^(!?)([a-zA-Z0-9_.-]*)(:?)/.exec(word);
  const [whole = "", negation = "", name = "", colon = ""] = match ?? [];
  if (colon === "") return { from: start, to, options: whole.length < word.length ? [] : keyCompletions(negation, name, sources) };
  const key = QUERY_KEYS.find((one) => one.key === name);
  if (!key) return { from: start, to, options: [] };
  const value = word.slice(whole.length);
  const from = start + whole.length + itemStart(value);
  const typed = text.slice(from, caret);
  return { from, to, options: value.startsWith('"') ? [] : valueCompletions(key, typed, sources) };
}

function keyCompletions(negation: string, typed: string, { environments, projects }: CompletionSources): Completion[] {
  const matching = QUERY_KEYS.filter(({ key }) => key.includes(typed.toLowerCase()));
  const keys = matching
    .toSorted((a, b) => Number(b.key.startsWith(typed)) - Number(a.key.startsWith(typed)))
    .map(({ key, hint }) => ({ label: `${negation}${key}:`, hint, effect: { kind: "insert" as const, text: `${negation}${key}:` } }));
  if (negation !== "" || typed === "") return keys;
  const filters = (name: "project" | "environment", values: readonly string[]): Completion[] =>
    values
      .filter((value) => value.toLowerCase().includes(typed.toLowerCase()))
      .slice(0, FILTER_LIMIT)
      .map((value) => ({
        label: value,
        hint: name === "project" ? "only this project" : "deployed to it",
        effect: { kind: "filter", name, value },
      }));
  return [...keys, ...filters("environment", environments), ...filters("project", projects)];
}

function valueCompletions(key: QueryKey, typed: string, sources: CompletionSources): Completion[] {
  const [, operator = "", rest = typed] = /^([<>]=?|!?=)?(.*)$/s.exec(typed) ?? [];
  const hasOperator = key.values.some(([value]) => value === ">=");
  const prefix = hasOperator ? operator : "";
  const search = (hasOperator ? rest : typed).toLowerCase();
  const fixed = key.values
    .filter(([value]) => value.startsWith(typed) && value !== typed)
    .map(([value, hint]) => ({ label: value, hint, effect: { kind: "insert" as const, text: /^[<>]/.test(value) ? value : `${value} ` } }));
  const found = candidates(key.from, sources)
    .filter((value) => value.toLowerCase().includes(search))
    .slice(0, COMPLETION_LIMIT - fixed.length)
    .map((value) => ({
      label: `${prefix}${value}`,
      hint: "",
      effect: { kind: "insert" as const, text: `${prefix}${key.from === "numbers" ? value : quoteValue(value)} ` },
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

/** Escapes and quotes a value so that it matches literally: a star would be a wildcard, and a space would end the value. */
export function quoteValue(value: string): string {
  const escaped = value.replace(/["*\\]/g, String.raw`\$&`);
  return /[ \t\n\r"]|^\[/.test(value) || value === "" ? `"${escaped}"` : escaped;
}

/** The start of the list item being typed; 0 for a value that is not a list. */
function itemStart(value: string): number {
  if (!value.startsWith("[")) return 0;
  const last = Math.max(value.lastIndexOf(","), 0) + 1;
  return last + (/^[ \t]*/.exec(value.slice(last))?.[0].length ?? 0);
}

/** The start of the word at the caret. Spaces separate words, except in quotes and brackets. */
function wordStart(text: string, caret: number): number {
  let start = 0;
  let isQuoted = false;
  let isInList = false;
  for (let index = 0; index < caret; index += 1) {
    const character = text.charAt(index);
    if (character === "\\") index += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === "[" && text.charAt(index - 1) === ":") isInList = true;
    else if (character === "]") isInList = false;
    else if (/[ \t\n\r]/.test(character) && !isInList) start = index + 1;
  }
  return start;
}

const wordEnd = (text: string, caret: number): number => caret + (/^[^ \t\n\r,\]]*/.exec(text.slice(caret))?.[0].length ?? 0);

/** A key of the query language, as shown in completions and advice (contract 15.3). */
export type QueryKey = {
  readonly key: string;
  readonly hint: string;
  /** A valid query with this key. */
  readonly example: string;
  /** Fixed values, each with a description. */
  readonly values: readonly (readonly [value: string, hint: string])[];
  /** Which values on the page are suggested. */
  readonly from?: "versions" | "numbers" | "packages";
};

export const QUERY_KEYS: readonly QueryKey[] = [
  {
    key: "release",
    hint: "the whole version; * at either end matches anything",
    example: "release:web@2.*",
    values: [["latest", "the latest of each project"]],
    from: "versions",
  },
  {
    key: "release.version",
    hint: "the version number: >=1.2, <2, 1.*",
    example: "release.version:>=1.2",
    values: [
      [">=", "this version and higher"],
      ["<", "lower versions"],
    ],
    from: "numbers",
  },
  { key: "release.package", hint: "the part before @", example: "release.package:web", values: [], from: "packages" },
  {
    key: "release.build",
    hint: "the build number: >1000, 42*",
    example: "release.build:>=1000",
    values: [
      [">=", "this build and later ones"],
      ["<", "earlier builds"],
    ],
  },
  {
    key: "release.created",
    hint: "creation date: -7d, +30d, >2026-01-31",
    example: "release.created:-7d",
    values: [
      ["-24h", "in the last 24 hours"],
      ["-7d", "in the last 7 days"],
      ["-30d", "in the last 30 days"],
      ["+30d", "more than 30 days ago"],
    ],
  },
  {
    key: "finalized",
    hint: "whether the release is finalized",
    example: "finalized:true",
    values: [
      ["true", "finalized"],
      ["false", "not finalized yet"],
    ],
  },
  {
    key: "release.stage",
    hint: "adoption in one environment; requires session data, which Landfall does not collect",
    example: "release.stage:adopted",
    values: [
      ["adopted", "used by many"],
      ["low_adoption", "used by few"],
      ["replaced", "no longer used much"],
    ],
  },
];
