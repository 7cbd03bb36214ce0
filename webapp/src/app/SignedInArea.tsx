import { Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSession } from "@/api/session";

/** Leaves to the sign-in page as soon as the session ends, here or in another tab. */
export function useLeaveWhenSignedOut(): void {
  const session = useSession();
  const navigate = useNavigate();
  useEffect(() => {
    if (!session) void navigate({ to: "/auth/login", replace: true });
  }, [session, navigate]);
}

export function SignedInArea() {
  useLeaveWhenSignedOut();
  return <Outlet />;
}
