import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { getSession } from "@/api/session";
import { Loading } from "@/shared/states";
import { CrashedPage, NotFoundPage } from "./FallbackPages";
import { FEATURES, type FeatureRoute } from "./feature";
import { SignedInArea } from "./SignedInArea";
import { steadyImport } from "./steadyImport";

function mustBeSignedIn({ location }: { location: { href: string } }): void {
  if (!getSession()) throw redirect({ to: "/auth/login", search: location.href === "/" ? {} : { next: location.href } } as never);
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: CrashedPage });
const appArea = createRoute({
  getParentRoute: () => root,
  id: "app",
  component: lazyRouteComponent(() => steadyImport(() => import("./Shell")), "Shell"),
  beforeLoad: mustBeSignedIn,
});
const setupArea = createRoute({ getParentRoute: () => root, id: "setup", component: SignedInArea, beforeLoad: mustBeSignedIn });
const publicArea = createRoute({ getParentRoute: () => root, id: "public", component: Outlet });

const AREAS = { app: appArea, setup: setupArea, public: publicArea } as const;

function routesOf(area: keyof typeof AREAS) {
  return FEATURES.flatMap((feature) => feature.routes)
    .filter((route: FeatureRoute) => (route.area ?? "app") === area)
    .map((route) =>
      createRoute({
        getParentRoute: () => AREAS[area] as typeof publicArea,
        path: route.path,
        component: lazyRouteComponent(() => steadyImport(route.page)),
      }),
    );
}

export const router = createRouter({
  routeTree: root.addChildren([
    appArea.addChildren(routesOf("app")),
    setupArea.addChildren(routesOf("setup")),
    publicArea.addChildren(routesOf("public")),
  ]),
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultErrorComponent: CrashedPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});
