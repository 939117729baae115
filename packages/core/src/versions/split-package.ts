const packageAndVersion = /^(@?[^@]+)@(.+)$/s;

export type PackageSplit = { package: string | null; raw: string };

/**
 * Splits `package@version` at the first `@` that has text before and after it (contract 13.1, step 1). Without such an `@` there is
 * no package and `raw` is the whole text. Never throws.
 *
 * @example splitPackage("@scope@1.0") // { package: "@scope", raw: "1.0" }
 * @example splitPackage("foo@") // { package: null, raw: "foo@" }
 */
export const splitPackage = (text: string): PackageSplit => {
  const match = packageAndVersion.exec(text);
  const name = match?.[1];
  const raw = match?.[2];
  return name === undefined || raw === undefined ? { package: null, raw: text } : { package: name, raw };
};
