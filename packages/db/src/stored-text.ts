/**
 * The text a database column holds for `value`. PostgreSQL refuses NUL characters and neither database can keep half of a
 * surrogate pair, so both dialects store U+FFFD in their place: a lookup by such text finds nothing instead of failing.
 */
export function storedText(value: string): string {
  return value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
}
