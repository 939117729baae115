import { type ComponentProps, useId } from "react";

type FieldProps = ComponentProps<"input"> & {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with what was typed. */
  readonly wrong?: string | undefined;
};

/** A text field with its label, its hint, and what is wrong with it. */
export function Field({ label, hint, wrong, ...input }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", wrong ? `${id}-wrong` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} {...input} aria-invalid={wrong ? true : undefined} aria-describedby={described || undefined} />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
      {wrong && (
        <p id={`${id}-wrong`} className="wrong" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
