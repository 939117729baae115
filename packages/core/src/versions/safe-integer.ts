/**
 * The number that decimal digits write, or null when it is above `Number.MAX_SAFE_INTEGER` (2^53 - 1) and a JS number, a JSON reader
 * or a column declared as a JS number would round it. The test is exact, because every integer above the limit rounds to one above it.
 * Expects digits only.
 *
 * @example safeInteger("007") // 7
 * @example safeInteger("9007199254740993") // null
 */
export const safeInteger = (digits: string): number | null => {
  const value = Number(digits);
  return value <= Number.MAX_SAFE_INTEGER ? value : null;
};
