import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

const LOOK_AGAIN_MS = 700;

export type BuildRequest = Schemas["BuildIn"];

/** The progress of an organisation's making, looked at until it ends. */
export function useBuild(jobId: string | null) {
  return useQuery({
    queryKey: ["organization", "build", jobId],
    queryFn: () => data(api.GET("/api/organization/build/{job_id}", { params: { path: { job_id: String(jobId) } } })),
    enabled: jobId !== null,
    refetchInterval: ({ state }) => (state.data?.is_completed || state.data?.is_failed ? false : LOOK_AGAIN_MS),
  });
}

/** Start the making; the job's id. */
export async function startBuild(body: BuildRequest): Promise<string> {
  const started = await data(api.POST("/api/organization/build", { body }));
  return String((started.data as { job_id: string }).job_id);
}
