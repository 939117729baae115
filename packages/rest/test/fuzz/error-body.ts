/** Bodies with a form of their own: of a provider that cannot be validated, and of a team that exists already (contract 10.8, 11.5). */
const OWN_SHAPES: readonly ((body: Readonly<Record<string, unknown>>) => boolean)[] = [
  (body) => hasExactly(body, "error_type") && body["error_type"] === "validation",
  (body) => hasExactly(body, "detail", "non_field_errors") && isText(body["detail"]) && isTexts(body["non_field_errors"]),
];

/**
 * Returns the problem of an error body, or null if it has one of the forms of contract 1.19. `fields` are the names that it
 * may have.
 */
export function errorBodyProblem(body: unknown, fields: readonly string[]): string | null {
  if (!isObject(body)) return `not an object: ${JSON.stringify(body)}`;
  const names = Object.keys(body);
  if (names.length === 0) return "empty";
  if (OWN_SHAPES.some((is) => is(body)) || isDetail(body) || (hasExactly(body, "error") && isText(body["error"]))) return null;
  const unknown = names.filter((name) => name !== "non_field_errors" && !fields.includes(name));
  if (unknown.length > 0) return `unknown fields: ${unknown.join(", ")}`;
  const invalid = names.filter((name) => !isMessages(body[name]));
  return invalid.length > 0 ? `messages are not texts: ${JSON.stringify(body)}` : null;
}

function isDetail(body: Readonly<Record<string, unknown>>): boolean {
  if (!hasExactly(body, "detail")) return false;
  const { detail } = body;
  return (
    isText(detail) ||
    (isObject(detail) &&
      hasExactly(detail, "code", "extra", "message") &&
      isText(detail["code"]) &&
      isText(detail["message"]) &&
      isObject(detail["extra"]))
  );
}

/** Texts, or objects of texts at any depth. */
function isMessages(value: unknown): boolean {
  if (isTexts(value)) return true;
  return isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isMessages);
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const hasExactly = (body: Readonly<Record<string, unknown>>, ...names: readonly string[]): boolean =>
  Object.keys(body).toSorted().join(" ") === names.toSorted().join(" ");
