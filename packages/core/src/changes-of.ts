/** What of `wanted` is given and differs from the row: only that is worth writing and auditing. */
export function changedFields<Row extends object, Key extends keyof Row>(
  row: Row,
  wanted: { readonly [K in Key]: Row[K] | undefined },
): Partial<Pick<Row, Key>> {
  const changes: Partial<Pick<Row, Key>> = {};
  for (const key in wanted) {
    if (wanted[key] !== undefined && wanted[key] !== row[key]) changes[key] = wanted[key];
  }
  return changes;
}

/** How a change is recorded for whoever reads the audit log: each field as it was and as it is. */
export function beforeAndAfter<Row extends object>(
  row: Row,
  changes: Partial<Row>,
): { readonly before: Partial<Row>; readonly after: Partial<Row> } {
  const before: Partial<Row> = {};
  for (const key in changes) before[key] = row[key];
  return { before, after: changes };
}
