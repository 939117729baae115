import { getBoard } from "@landfall/core/board/get-board";
import { queryOf, router } from "../trpc.ts";

export const boardRouter = router({ get: queryOf(getBoard) });
