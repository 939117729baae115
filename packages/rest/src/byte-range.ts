/** Which bytes of `size` a `Range` header asks for, `end` not included. Null for all of them: several ranges and nonsense are passed over. */
export function byteRange(header: string | null, size: number): { readonly start: number; readonly end: number } | "beyond" | null {
  const [whole, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (whole === undefined || (first === "" && last === "")) return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "beyond" : { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < start) return null;
  return start >= size ? "beyond" : { start, end };
}
