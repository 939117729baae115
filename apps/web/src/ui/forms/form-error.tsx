import classes from "./form-error.module.css";

/** What the server said to the whole of a form; nothing when it said nothing. */
export function FormError({ message }: { readonly message: string | null | undefined }) {
  if (!message) return null;
  return (
    <p role="alert" className={classes["refusal"]}>
      {message}
    </p>
  );
}
