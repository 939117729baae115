import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { AppError, isAppError } from "@landfall/core/app-error";
import { FORM_LIMITS } from "@landfall/core/limits";
import type { UploadPart } from "@landfall/core/artifacts/upload-part";

/** What a form may contain besides its files. Sizes are in bytes; a field of an upload is a name or a header. */
const LIMITS = { parts: FORM_LIMITS.fields, fieldSize: 65_536, fieldNameSize: 200, headerPairs: 50, headerSize: 16_384 };

/** What is read of a request. */
type Sent = { readonly headers: Headers; readonly body: ReadableStream<Uint8Array> | null };

/**
 * The parts of a form as they arrive, of a body of at most `limit` bytes. Nothing is read before a part is asked for, and no further than to
 * that part. A body of another type that is known holds no parts. Throws `invalid`, `too_large` and `unsupported_media_type`.
 */
export async function* readParts(
  request: Sent,
  limit: number,
  { fieldSize }: { readonly fieldSize: number } = LIMITS,
): AsyncIterable<UploadPart> {
  const contentType = request.headers.get("content-type") ?? "";
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (request.body === null || WITHOUT_FILES.has(type)) return;
  if (type !== "multipart/form-data") throw new AppError("unsupported_media_type", `Unsupported media type "${contentType}" in request.`);
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (declared > limit) throw tooLarge(limit);
  const form = openForm(contentType, fieldSize);
  const unread = new Set<Readable>();
  const parts = new ReadableStream<UploadPart & { readonly stream?: Readable }>({
    start(controller) {
      form.on("file", (name: Text, stream: Readable, filename: Text, _encoding: string, contentType: string) => {
        unread.add(stream);
        stream.on("end", () => unread.delete(stream));
        // Told to whoever reads the part.
        stream.on("error", () => undefined);
        controller.enqueue({ kind: "file", name: name ?? "", filename: filename ?? "", contentType, bytes: withFormErrors(stream), stream });
      });
      form.on("field", (name: Text, value: string, _isNameCut: boolean, isCut: boolean) => {
        if (isCut) form.destroy(formError(`a field has more than ${fieldSize} bytes`));
        else controller.enqueue({ kind: "field", name: name ?? "", value });
      });
      form.on("partsLimit", () => form.destroy(formError(`it has more than ${LIMITS.parts} parts`)));
      const source = watchBody(request, limit, () => unread.size === 0 && form.destroy(formError("it goes on behind its end")));
      pipeline(Readable.from(source.bytes, { objectMode: false }), form)
        .finally(source.stop)
        .then(
          () => controller.close(),
          (error: unknown) => {
            for (const stream of unread) stream.destroy(toFormError(error));
            controller.error(toFormError(error));
          },
        )
        // It was closed already: nobody wants more parts.
        .catch(() => undefined);
    },
    cancel: () => void form.destroy(),
  });
  for await (const { stream, ...part } of parts) {
    yield part;
    // What nobody read must still go by, or nothing behind it arrives.
    stream?.resume();
  }
}

/** A part may lack a name, whatever the parser's types say. */
type Text = string | undefined;

const WITHOUT_FILES: ReadonlySet<string> = new Set(["application/json", "application/x-www-form-urlencoded"]);

function openForm(contentType: string, fieldSize: number): BusboyInstance {
  try {
    return new Busboy({ headers: { "content-type": contentType }, limits: { ...LIMITS, fieldSize } });
  } catch (error) {
    throw formError(error instanceof Error ? error.message : String(error), error);
  }
}

/** The bytes of a file, whose failures are told like any other. */
async function* withFormErrors(stream: Readable): AsyncIterable<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw toFormError(error);
  }
}

/** How long the parser may take over a piece it was handed. It needs microseconds; with bytes behind a form's end it never returns. */
const PATIENCE = 1000;

/** The bytes of a body, at most `limit`; `onStall` is called when the parser was handed some and asks for no more. */
function watchBody({ body }: Sent, limit: number, onStall: () => void): { bytes: AsyncIterable<Uint8Array>; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  const watch = () => {
    timer = setTimeout(() => {
      onStall();
      watch();
    }, PATIENCE);
  };
  async function* bytes() {
    let length = 0;
    for await (const piece of body ?? []) {
      length += piece.length;
      if (length > limit) throw tooLarge(limit);
      watch();
      yield piece;
      stop();
    }
    watch();
  }
  return { bytes: bytes(), stop };
}

const toFormError = (error: unknown): Error =>
  isAppError(error) ? error : formError(error instanceof Error ? error.message : String(error), error);

const tooLarge = (limit: number): AppError => new AppError("too_large", `Request body too large: at most ${limit} bytes are read.`);

/** A form that cannot be read (contract 1.8). */
export const formError = (reason: string, cause?: unknown): AppError => new AppError("invalid", `Form parse error - ${reason}`, { cause });
