import { NativeSelect } from "@mantine/core";

type SelectProps = {
  readonly label: string;
  readonly name: string;
  readonly chosen: string;
  readonly options: readonly (readonly [value: string, text: string])[];
};

/** A select in a filter form. A chosen value that is not among the options is added to them. */
export function Select({ label, name, chosen, options }: SelectProps) {
  const all = options.some(([value]) => value === chosen) ? options : [...options, [chosen, chosen] as const];
  return (
    <NativeSelect
      key={chosen}
      size="xs"
      name={name}
      defaultValue={chosen}
      aria-label={label}
      title={label}
      data={all.map(([value, text]) => ({ value, label: text }))}
    />
  );
}

type ProjectSelectProps = {
  /** The first projects, by slug. */
  readonly slugs: readonly string[];
  /** Whether there are more projects than these. */
  readonly hasMore: boolean;
  readonly chosen: string;
  /** Whether a project has to be chosen, instead of one or all. */
  readonly isRequired?: boolean;
};

/** A select for a project, or a text field with suggestions if there are too many projects for a select. */
export function ProjectSelect({ slugs, hasMore, chosen, isRequired = false }: ProjectSelectProps) {
  if (!hasMore) {
    const options = slugs.map((slug) => [slug, slug] as const);
    return <Select label="Project" name="project" chosen={chosen} options={isRequired ? options : [["", "All projects"], ...options]} />;
  }
  return (
    <>
      <input
        key={chosen}
        type="text"
        name="project"
        list="project-slugs"
        defaultValue={chosen}
        placeholder={isRequired ? "Project" : "All projects"}
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
