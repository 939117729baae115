import { Select } from "./choice.tsx";

type ProjectSelectProps = {
  /** The first projects, by slug. */
  readonly slugs: readonly string[];
  /** There are more than these. */
  readonly isMore: boolean;
  readonly chosen: string;
};

/** One project or all, in a form. Of very many, the name is typed. */
export function ProjectSelect({ slugs, isMore, chosen }: ProjectSelectProps) {
  if (!isMore)
    return (
      <Select
        label="Project"
        name="project"
        chosen={chosen}
        options={[["", "All projects"], ...slugs.map((slug) => [slug, slug] as const)]}
      />
    );
  return (
    <>
      <input
        key={chosen}
        type="text"
        name="project"
        list="project-slugs"
        defaultValue={chosen}
        placeholder="All projects"
        aria-label="Project"
        autoComplete="off"
      />
      <datalist id="project-slugs">
        {slugs.map((slug) => (
          <option key={slug} value={slug}>
            {slug}
          </option>
        ))}
      </datalist>
    </>
  );
}
