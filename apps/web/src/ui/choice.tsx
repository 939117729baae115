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
