import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { toInputSchema } from "@landfall/schema/fields/json-schema";
import type { Known } from "@landfall/testing/fuzz/aimed-values";
import { oddText } from "@landfall/testing/fuzz/odd-values";
import fc from "fast-check";
import type * as z from "zod";
import { type OddBody, oddBody } from "./odd-body.ts";

/** Random forms with files: mostly valid for the route, some damaged, occasionally not a form. */
export function oddForm(form: z.ZodType, known: Known): fc.Arbitrary<OddBody> {
  const fieldName = fc.constantFrom("file", ...Object.keys(toInputSchema(form).properties ?? {}), "other", "");
  const parts = fc.array(fc.oneof({ weight: 3, arbitrary: filePart(fieldName) }, { weight: 2, arbitrary: textPart(fieldName, known) }), {
    maxLength: 6,
  });
  const complete = parts.map((bytes) => Buffer.concat([...bytes, Buffer.from(`--${BOUNDARY}--\r\n`)]));
  const type = fc.oneof(
    { weight: 20, arbitrary: fc.constant(`multipart/form-data; boundary=${BOUNDARY}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "multipart/form-data",
        "multipart/form-data; boundary=other",
        `Multipart/Form-Data;boundary="${BOUNDARY}"`,
      ),
    },
  );
  return fc.oneof(
    { weight: 12, arbitrary: fc.tuple(complete, type).map(([bytes, contentType]) => ({ bytes: own(bytes), contentType })) },
    { weight: 3, arbitrary: fc.tuple(complete.chain(damaged), type).map(([bytes, contentType]) => ({ bytes: own(bytes), contentType })) },
    { weight: 1, arbitrary: oddBody({ input: form }, known) },
  );
}

const BOUNDARY = "----landfall";

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

const part = (head: string, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), content, Buffer.from("\r\n")]);

/** A file with an expected or unexpected name, compressed or not. */
const filePart = (fieldName: fc.Arbitrary<string>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      fieldName,
      fc.uint8Array({ maxLength: 60 }),
      fc.boolean(),
      fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: quotable }),
    )
    .map(([name, content, isPacked, other]) => {
      const filename = other ?? createHash("sha1").update(content).digest("hex");
      return part(`name="${name}"; filename="${filename}"`, isPacked ? gzipSync(content) : content);
    });

const textPart = (fieldName: fc.Arbitrary<string>, known: Known): fc.Arbitrary<Buffer> =>
  fc
    .tuple(fieldName, fc.oneof(fc.constantFrom(...Object.values(known).flat(), "A:b", "lol", "", "a\tb", "x".repeat(600)), oddText))
    .map(([name, text]) => part(`name="${name}"`, Buffer.from(text)));

const quotable = oddText.map((text) => text.replaceAll(/["\r\n]/g, "").slice(0, 300));

/** Truncated, with changed bytes, or with trailing bytes. */
const damaged = (bytes: Buffer): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.nat(bytes.length).map((length) => bytes.subarray(0, length)),
    fc
      .tuple(fc.nat(bytes.length), fc.uint8Array({ maxLength: 5 }))
      .map(([at, more]) => Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])),
    fc.constantFrom("--", "\r\n", "\0", `--${BOUNDARY}\r\n`).map((text) => Buffer.concat([bytes, Buffer.from(text)])),
  );
