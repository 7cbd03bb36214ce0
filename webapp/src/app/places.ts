import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, data } from "@/api/client";
import { getSession, setSession } from "@/api/session";

/** The organisations of the signed-in person. */
export function usePlaces() {
  return useQuery({ queryKey: ["organizations"], queryFn: () => data(api.GET("/api/organizations")), staleTime: 60_000 });
}

/** Goes over to another organisation's books. */
export function useChooseOrganization(): (organizationId: string) => void {
  const navigate = useNavigate();
  return (organizationId) => {
    const session = getSession();
    if (session) setSession({ ...session, organizationId });
    void navigate({ to: "/" });
  };
}
