import { SEARCH_KEYS } from "./search-keys.ts";

/** What to do about a search that was refused: a sentence where one helps, and searches that are right. */
export type SearchAdvice = { readonly say: string | null; readonly examples: readonly string[] };

const GENERAL = ["release.version:>=1.2", "release:web@2.*", "release.created:-7d finalized:true"];

/** Which refusal is met by which advice; the first that fits. */
const ADVICE: readonly (readonly [RegExp, (found: RegExpExecArray) => SearchAdvice])[] = [
  [/^Invalid key for this search: (.*)$/s, ([, key = ""]) => adviseKey(key)],
  [
    /^Boolean statements/,
    () => ({
      say: "Filters beside each other must all be true. For one of several, write a list:",
      examples: ["release:[web@1.0.0,web@1.1.0]", "release.package:[web,api]"],
    }),
  ],
  [/^(?:Empty string after|Invalid list after|Invalid date after) '([\w.-]+):/, ([, key = ""]) => exampleOf(key)],
  [/^Lists should not/, () => ({ say: null, examples: ["release:[web@1.0.0,web@1.1.0]"] })],
  [/^Invalid quote/, () => ({ say: null, examples: ['release:"my app@1.0.0"', String.raw`release:a\"b`] })],
  [/semantic version/, () => ({ say: null, examples: ["release.version:>=1.2", "release.version:1.*", "release:nightly*"] })],
  [/release\.build/, () => exampleOf("release.build")],
  [/release(?:\.| )stage/, () => exampleOf("release.stage")],
];

/** Advice for whoever was refused with this message. */
export function searchAdvice(message: string): SearchAdvice {
  for (const [pattern, advise] of ADVICE) {
    const found = pattern.exec(message);
    if (found) return advise(found);
  }
  return { say: null, examples: GENERAL };
}

const exampleOf = (key: string): SearchAdvice => {
  const known = SEARCH_KEYS.find((one) => one.key === key);
  return { say: null, examples: known ? [known.example] : GENERAL };
};

function adviseKey(key: string): SearchAdvice {
  const lower = key.toLowerCase();
  if (["environment", "env", "project", "status", "is"].includes(lower)) {
    return { say: `Choose it in the filters below the box. Keys of the search are ${KEYS}.`, examples: GENERAL.slice(0, 1) };
  }
  const near = SEARCH_KEYS.filter((one) => one.key.endsWith(`.${lower}`) || lower.endsWith(`.${one.key}`) || one.key === lower);
  return { say: `Keys are ${KEYS}.`, examples: near.length > 0 ? near.map(({ example }) => example) : GENERAL };
}

const KEYS = SEARCH_KEYS.map(({ key }) => key).join(", ");
