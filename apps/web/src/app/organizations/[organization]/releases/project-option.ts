/** A project as one of several to choose from. */
export const projectOption = ({ slug, name }: { readonly slug: string; readonly name: string }) => ({
  value: slug,
  label: name === slug ? slug : `${name} (${slug})`,
});
