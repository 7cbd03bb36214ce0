import type { ReactNode } from "react";
import { usePermission } from "./boot";
import { NoPermissionPage } from "./FallbackPages";
import type { NeededPermission } from "./feature";

/** A page for those who may; for others the page that says so. */
export function Permitted({ needed, children }: { needed: NeededPermission; children: ReactNode }) {
  return usePermission(needed.subject, needed.action) ? children : <NoPermissionPage />;
}
