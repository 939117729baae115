/** Whether every escape in the path of a target stands for a character. */
export function isDecodable(target: string): boolean {
  try {
    decodeURIComponent(target.replace(/\?.*$/s, ""));
    return true;
  } catch {
    return false;
  }
}
