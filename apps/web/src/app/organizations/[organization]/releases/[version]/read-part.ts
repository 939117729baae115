/** A part of an address as it was before it was escaped; one that is not escaped rightly is taken as it stands. */
export function decodePathSegment(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
