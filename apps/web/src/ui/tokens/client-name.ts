/** A client as a dense line names it, by its User-Agent: "sentry-cli 3.8.0"; "a browser" for all of those. */
export function clientName(userAgent: string | null): string | null {
  const [product = ""] = userAgent?.trim().split(/\s+/) ?? [];
  if (product === "") return null;
  const [name = "", version] = product.split("/");
  if (name === "Mozilla") return "a browser";
  return version === undefined || version === "" ? name : `${name} ${version}`;
}
