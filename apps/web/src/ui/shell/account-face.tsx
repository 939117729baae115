import { Avatar } from "../face.tsx";

/** Who is signed in, as the button of their menu shows it. */
export function AccountLabel({ name, email }: { readonly name: string; readonly email: string }) {
  return (
    <>
      <span aria-hidden="true">
        <Avatar name={name} email={email} />
      </span>
      <span className="cut">
        <span className="unseen">Account of </span>
        {name}
      </span>
    </>
  );
}
