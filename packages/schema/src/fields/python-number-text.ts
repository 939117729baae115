/**
 * Writes a number as Python's `str()` would (contract §1.19: `1` → "1", `1.5` → "1.5"), or answers null for NaN and
 * the infinities, which JSON cannot hold. Whole numbers are written in full, fractions below 0.0001 as `1e-05`.
 */
export function pythonNumberText(value: number | bigint): string | null {
  if (typeof value === "bigint") return value.toString();
  if (!Number.isFinite(value)) return null;
  if (Number.isInteger(value)) return BigInt(value).toString();
  if (Math.abs(value) >= 0.0001) return String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e-");
  return `${digits}e-${exponent.padStart(2, "0")}`;
}
