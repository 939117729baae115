/** Copies text to the clipboard. Returns false if the browser does not allow it; browsers never do on pages without HTTPS. */
export async function copyText(text: string): Promise<boolean> {
  if (!("clipboard" in navigator)) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}

/** Shown where `copyText` returned false. */
export const COPY_REFUSED = "The browser does not allow copying here. Select the text and copy it.";
