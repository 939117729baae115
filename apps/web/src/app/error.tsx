"use client";

/** What is shown when a page fails. The failure itself is in the server's log. */
export default function Failed({ reset }: { readonly reset: () => void }) {
  return (
    <>
      <h1>Something went wrong</h1>
      <p role="alert">The server could not make this page. The reason is in its log.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </>
  );
}
