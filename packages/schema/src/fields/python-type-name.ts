/**
 * The name Python gives the type of a decoded JSON value: `dict`, `list`, `str`, `int`, `float`, `bool` or `NoneType`
 * (contract §1.7, §3.4). A number without a fraction is an `int`: JavaScript cannot tell `1` from `1.0`.
 */
export function pythonTypeName(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  switch (typeof value) {
    case "string":
      return "str";
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    case "function":
      return "function";
    default:
      return "dict";
  }
}
