/** The buttons of the list where no scripts run. */
export function NoScriptBulkBar({ mayArchive, status }: { readonly mayArchive: boolean; readonly status: "open" | "archived" | "all" }) {
  return (
    <noscript>
      <p className="row">
        What is selected:
        {mayArchive && status !== "archived" && (
          <button type="submit" name="do" value="archived">
            Archive
          </button>
        )}
        {mayArchive && status !== "open" && (
          <button type="submit" name="do" value="open">
            Open again
          </button>
        )}
        <button type="submit" name="do" value="compare">
          Compare two
        </button>
      </p>
    </noscript>
  );
}
