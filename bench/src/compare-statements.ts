/** What only one of two servers ran, in their order. */
export type Difference = { readonly onlyLandfall: string[]; readonly onlyBaseline: string[] };

/** Beginning and ending a transaction is each server's own affair. */
const TRANSACTION = /^(?:begin|commit|rollback|savepoint|release)\b/i;

/** What only one of two servers ran, in their order; null when both ran the same the same number of times. */
export function compareStatements(landfall: readonly string[], baseline: readonly string[]): Difference | null {
  const onlyLandfall = without(landfall, baseline);
  const onlyBaseline = without(baseline, landfall);
  return onlyLandfall.length + onlyBaseline.length === 0 ? null : { onlyLandfall, onlyBaseline };
}

function without(statements: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
  return statements.filter((statement) => {
    const count = left.get(statement) ?? 0;
    left.set(statement, count - 1);
    return count <= 0 && !TRANSACTION.test(statement);
  });
}
