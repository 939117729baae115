import classes from "./form-error.module.css";

/** A form's error message; renders nothing without one. */
export function FormError({ message }: { readonly message: string | null | undefined }) {
  if (!message) return null;
  return (
    <p role="alert" className={classes["error"]}>
      {message}
    </p>
  );
}
