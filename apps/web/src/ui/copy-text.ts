/** Puts a text on the clipboard; answers whether the browser let it, which it does on secure addresses only. */
export async function copyText(text: string): Promise<boolean> {
  if (!("clipboard" in navigator)) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
