import { and, type Column, type SQL, sql } from "drizzle-orm";
import { containsText } from "../releases/list/contains-text.ts";
import type { SearchQuery } from "./read-question.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Whether a message answers the question: it names the number, and not only longer ones, or has every word, in any case. */
export function messageCondition(message: Column, { reference, words }: SearchQuery): SQL {
  if (reference === null) return and(...words.map((word) => containsText(message, word))) ?? sql`false`;
  const part = reference.toLowerCase();
  const withoutLonger = DIGITS.reduce((text, digit) => sql`replace(${text}, ${part + digit}, ' ')`, sql`lower(${message})`);
  // The second costs ten passes over the text, so the first goes before it.
  return sql`case when ${containsText(message, part)} then ${withoutLonger} like ${`%${part.replaceAll("_", String.raw`\_`)}%`} escape '\\' else false end`;
}
