type SelectProps = {
  readonly label: string;
  readonly name: string;
  readonly chosen: string;
  readonly options: readonly (readonly [value: string, text: string])[];
};

/** One of a few, in a form. */
export function Select({ label, name, chosen, options }: SelectProps) {
  const all = options.some(([value]) => value === chosen) ? options : [...options, [chosen, chosen] as const];
  return (
    <select key={chosen} name={name} defaultValue={chosen} aria-label={label} title={label}>
      {all.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}

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
