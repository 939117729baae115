/** What a setup link leads to once it works no more, or when it never was one. */
export function SpentLink({ isKnown }: { readonly isKnown: boolean }) {
  return (
    <>
      <h1>This link does not work</h1>
      <p role="alert">
        {isKnown ? "It was used before, or replaced by a newer one." : "It is unknown to this server. Check that it was copied whole."}{" "}
        Whoever runs the server makes a new one with <code>npm run admin -- setup-link --org &lt;slug&gt;</code>.
      </p>
    </>
  );
}
