import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app/global.css";
import { DirectionProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/queryClient";
import { DirectionOfLanguage } from "./app/DirectionOfLanguage";
import { router } from "./app/router";
import { Themed } from "./app/Themed";
import { direction, initLanguage, storedLanguage } from "./i18n";

initLanguage();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <DirectionProvider initialDirection={direction(storedLanguage())} detectDirection={false}>
      <Themed>
        <DirectionOfLanguage />
        <QueryClientProvider client={queryClient}>
          <ModalsProvider>
            <Notifications position="bottom-right" limit={4} />
            <RouterProvider router={router} />
          </ModalsProvider>
        </QueryClientProvider>
      </Themed>
    </DirectionProvider>
  </StrictMode>,
);
