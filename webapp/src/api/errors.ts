/** One problem that the server names. `property` is the path of the field, such as `entries.0.debit`. */
export interface Problem {
  type: string;
  message: string;
  property?: string;
  payload?: Record<string, unknown>;
  meta?: unknown;
}

/** An answer that is not a success. `status` 0: no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problems: Problem[],
    message: string,
  ) {
    super(message);
    this.name = "ApiError";
  }

  has(type: string): boolean {
    return this.problems.some((problem) => problem.type === type);
  }
}

export const NO_ANSWER = 0;

export async function errorFrom(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const { errors, message } = (body ?? {}) as { errors?: Problem[]; message?: unknown };
  const problems = Array.isArray(errors) ? errors : [];
  const text = problems[0]?.message ?? (typeof message === "string" ? message : response.statusText);
  return new ApiError(response.status, problems, text || `HTTP ${response.status}`);
}
