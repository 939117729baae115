import type { LoadGenerator } from "../load/load-generator.ts";
import type { RequestPlan } from "../load/request-plan.ts";
import { ratio, type Spread, spread } from "../load/statistics.ts";
import { uploadRequests, type UploadShape } from "../load/upload-request.ts";
import type { ChildServer, Memory } from "../servers/child-server.ts";
import type { DataDirectory } from "../servers/data-directory.ts";
import { startLandfall, startUploadBaseline } from "../servers/start-servers.ts";
import type { Plan } from "./plan.ts";

const MIB = 1024 * 1024;

type UploadResult = {
  readonly name: string;
  readonly isBudgeted: boolean;
  readonly connections: number;
  /** MiB per second, before compression. */
  readonly landfall: Spread;
  readonly baseline: Spread;
  /** The ratio of Landfall to the baseline, per round. */
  readonly toBaseline: Spread;
};

export type UploadsResult = {
  readonly results: readonly UploadResult[];
  readonly memory: { readonly before: Memory; readonly after: Memory };
};

type Side = { readonly server: ChildServer; readonly pathOf: (shape: UploadShape) => string };

/** Uploads new chunks to the application and to the baseline alternately. */
export async function measureUploads(
  empty: DataDirectory,
  { generator, plan, onProgress }: { generator: LoadGenerator; plan: Plan["artifacts"]["uploads"]; onProgress: (text: string) => void },
): Promise<UploadsResult> {
  const copies = [empty.copy(), empty.copy()] as const;
  const [landfall, baseline] = await Promise.all([startLandfall(copies[0]), startUploadBaseline(copies[1])]);
  const target = `/api/0/organizations/${empty.organization}/chunk-upload/`;
  const sides: Record<"landfall" | "baseline", Side> = {
    landfall: { server: landfall, pathOf: () => target },
    baseline: { server: baseline, pathOf: pathWithPositions },
  };
  try {
    const before = landfall.memory();
    const results: UploadResult[] = [];
    let first = 0;
    for (const upload of plan.shapes) {
      onProgress(`uploading ${upload.name}`);
      const rateOf = async ({ server, pathOf }: Side, seconds: number): Promise<number> => {
        const request: RequestPlan = { method: "POST", path: pathOf(upload), upload, token: empty.token, first, status: 200 };
        const { connections } = upload;
        const { requests, perSecond } = await generator.run({ port: server.port, plan: request, connections, seconds });
        first += requests;
        return (perSecond * upload.chunks * upload.chunkBytes) / MIB;
      };
      const rates = { landfall: [] as number[], baseline: [] as number[] };
      for (const side of Object.values(sides)) await rateOf(side, plan.warmUpSeconds);
      for (let round = 0; round < plan.rounds; round += 1) {
        const order = round % 2 === 0 ? (["landfall", "baseline"] as const) : (["baseline", "landfall"] as const);
        for (const side of order) rates[side].push(await rateOf(sides[side], plan.seconds));
      }
      results.push({
        name: upload.name,
        isBudgeted: upload.isBudgeted,
        connections: upload.connections,
        landfall: spread(rates.landfall),
        baseline: spread(rates.baseline),
        toBaseline: ratio(rates.landfall, rates.baseline),
      });
    }
    return { results, memory: { before, after: landfall.memory() } };
  } finally {
    await Promise.all([landfall.stop(), baseline.stop()]);
    for (const copy of copies) copy.remove();
  }
}

/** The path has the positions of the chunks for the baseline. */
function pathWithPositions(shape: UploadShape): string {
  const { head, sent } = uploadRequests({ ...shape, chunks: 1 });
  return `/?chunks=${shape.chunks}&head=${head}&sent=${sent}${shape.isPacked ? "&packed=1" : ""}`;
}
