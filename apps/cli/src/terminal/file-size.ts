const UNITS = ["kB", "MB", "GB"] as const;

/** `999 bytes`, `1.2 kB`, `34 MB`: in thousands, with one decimal below ten. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  let value = bytes / 1_000;
  let unit: string = UNITS[0];
  for (const next of UNITS.slice(1)) {
    if (value < 999.5) break;
    value /= 1_000;
    unit = next;
  }
  return `${value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)} ${unit}`;
}
