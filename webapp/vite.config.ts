import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compression, defineAlgorithm } from "vite-plugin-compression2";

const SERVICE = process.env.COUNTINGHOUSE_URL ?? "http://127.0.0.1:8000";

// The service sends the .br or .gz file beside an asset as it is, so the best levels cost nothing at run time.
export default defineConfig({
  plugins: [
    react(),
    compression({
      include: /\.(js|css|html|svg|json|woff2|webmanifest)$/,
      threshold: 512,
      algorithms: [defineAlgorithm("gzip", { level: 9 }), defineAlgorithm("brotliCompress", {})],
    }),
  ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 900 },
  server: { host: "127.0.0.1", proxy: { "^/api/": SERVICE } },
});
